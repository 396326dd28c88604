package org.ostraka.model.operation;

import org.ostraka.model.ImportDescription;

/** DescribeImport: says how far an import is. */
public final class DescribeImport {
  private DescribeImport() {}

  /** The request. Immutable. */
  public record Request(String importArn) {}

  /** The response. Immutable. */
  public record Response(ImportDescription description) {}
}
