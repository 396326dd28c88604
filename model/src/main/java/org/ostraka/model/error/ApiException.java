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

  /** Who defines the error, which decides what comes before its name on the wire. */
  public abstract Origin origin();

  /** The error's text; empty for the few errors that have none. */
  public final String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** Who defines an error. */
  public enum Origin {
    /** The service that the request calls. */
    SERVICE,
    /** The framework that brings requests to all services. */
    FRAMEWORK,
    /** The framework's check of a request against the service's model. */
    VALIDATION
  }
}
