package org.ostraka.model.error;

/** The request names no operation that this server has. */
public final class UnknownOperationException extends ApiException {
  private static final long serialVersionUID = 1;

  /** The text is the service's (boto/boto3 issue 1542, aws/aws-toolkit-jetbrains issue 2956). */
  public UnknownOperationException() {
    super("Unknown operation exception");
  }

  @Override
  public Origin origin() {
    return Origin.FRAMEWORK;
  }
}
