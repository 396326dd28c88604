package org.ostraka.model.operation;

import org.ostraka.model.BulkOperation;

/** DescribeBulkOperation: says how far a bulk operation is. */
public final class DescribeBulkOperation {
  private DescribeBulkOperation() {}

  /** The request. Immutable. */
  public record Request(String arn) {}

  /** The response. Immutable. */
  public record Response(BulkOperation operation) {}
}
