package org.ostraka.model.cloudwatch;

/** The errors of CloudWatch: "Common Errors" and those of the operations in its API Reference. */
public enum CloudWatchError {
  INTERNAL_SERVICE_FAULT("InternalServiceError", "InternalServiceFault", 500),
  INVALID_ACTION("InvalidAction", "UnknownOperationException", 400),
  INVALID_NEXT_TOKEN("InvalidNextToken", "InvalidNextToken", 400),
  INVALID_PARAMETER_COMBINATION(
      "InvalidParameterCombination", "InvalidParameterCombinationException", 400),
  INVALID_PARAMETER_VALUE("InvalidParameterValue", "InvalidParameterValueException", 400),
  MALFORMED_INPUT("MalformedInput", "SerializationException", 400),
  MISSING_PARAMETER("MissingParameter", "MissingRequiredParameterException", 400),
  VALIDATION("ValidationError", "ValidationException", 400);

  private final String code;
  private final String shape;
  private final int status;

  CloudWatchError(String code, String shape, int status) {
    this.code = code;
    this.shape = shape;
    this.status = status;
  }

  /** Returns the name that answers of the query protocol have. */
  public String code() {
    return code;
  }

  /** Returns the name that answers of the other protocols have. */
  public String shape() {
    return shape;
  }

  /** Returns the status of answers. */
  public int status() {
    return status;
  }

  /** Makes the exception that refuses a request. */
  public CloudWatchException because(String text) {
    return new CloudWatchException(this, text);
  }
}
