package org.ostraka.model.operation;

import org.ostraka.model.ExportDescription;

/** DescribeExport: says how far an export is. */
public final class DescribeExport {
  private DescribeExport() {}

  /** The request. Immutable. */
  public record Request(String exportArn) {}

  /** The response. Immutable. */
  public record Response(ExportDescription export) {}
}
