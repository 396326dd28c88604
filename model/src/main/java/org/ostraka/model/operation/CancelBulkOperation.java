package org.ostraka.model.operation;

import org.ostraka.model.BulkOperation;

/** CancelBulkOperation: stops a bulk operation; what it has written stays. */
public final class CancelBulkOperation {
  private CancelBulkOperation() {}

  /** The request. Immutable. */
  public record Request(String arn) {}

  /** The response. Immutable. */
  public record Response(BulkOperation operation) {}
}
