package org.ostraka.model.error;

/**
 * What a caller did wrong, or asked of something that is not there: an error of the API. Immutable.
 *
 * <p>The message is part of the contract. Errors are answers and not accidents: they carry no stack
 * trace.
 */
public abstract sealed class ApiException extends RuntimeException
    permits AccessDeniedException,
        ConditionalCheckFailedException,
        DuplicateItemException,
        IdempotentParameterMismatchException,
        IncompleteSignatureException,
        InvalidSignatureException,
        ItemCollectionSizeLimitExceededException,
        LimitExceededException,
        MissingAuthenticationTokenException,
        ResourceInUseException,
        ResourceNotFoundException,
        SerializationException,
        TransactionCanceledException,
        TransactionConflictException,
        TransactionInProgressException,
        UnknownOperationException,
        ValidationException {
  private static final long serialVersionUID = 1;

  ApiException(String message) {
    super(message, null, false, false);
  }

  /** The error's name on the wire, without its namespace. */
  public final String wireName() {
    return getClass().getSimpleName();
  }

  /** The part of the error's type that comes before the name on the wire. */
  public abstract String namespace();

  /** The error's text; empty for the few errors that have none. */
  public final String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810";
  static final String SERVICE = "com.amazon.coral.service";
  static final String VALIDATE = "com.amazon.coral.validate";
}
