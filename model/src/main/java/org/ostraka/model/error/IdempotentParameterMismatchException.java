package org.ostraka.model.error;

/** The error for a token that was used with a different request before. */
public final class IdempotentParameterMismatchException extends ApiException {
  private static final long serialVersionUID = 1;

  public IdempotentParameterMismatchException() {
    super(
        "DynamoDB rejected the request because you retried a request with a different payload but"
            + " with an idempotent token that was already used.");
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
