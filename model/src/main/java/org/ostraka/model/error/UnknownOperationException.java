package org.ostraka.model.error;

/** The error for a request whose operation this server does not know. */
public final class UnknownOperationException extends ApiException {
  private static final long serialVersionUID = 1;

  /**
   * Makes the error with the service's text (boto/boto3 issue 1542, aws/aws-toolkit-jetbrains issue
   * 2956).
   */
  public UnknownOperationException() {
    super("Unknown operation exception");
  }

  @Override
  public Origin origin() {
    return Origin.FRAMEWORK;
  }
}
