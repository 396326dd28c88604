package org.ostraka.model.error;

/**
 * An error of the API: the caller's request was wrong, or named a resource that does not exist.
 * Immutable.
 *
 * <p>The message is part of the contract. Errors are regular responses, so they carry no stack
 * trace.
 */
public abstract sealed class ApiException extends RuntimeException
    permits AccessDeniedException,
        BackupInUseException,
        BackupNotFoundException,
        ConditionalCheckFailedException,
        DuplicateItemException,
        ExpiredIteratorException,
        ExpiredTokenException,
        ExportConflictException,
        ExportNotFoundException,
        GlobalTableNotFoundException,
        IdempotentParameterMismatchException,
        ImportConflictException,
        ImportNotFoundException,
        IncompleteSignatureException,
        InvalidExportTimeException,
        InvalidNextTokenException,
        InvalidRestoreTimeException,
        InvalidSignatureException,
        ItemCollectionSizeLimitExceededException,
        LimitExceededException,
        MissingAuthenticationTokenException,
        ObjectNotFoundException,
        PointInTimeRecoveryUnavailableException,
        PolicyNotFoundException,
        ResourceInUseException,
        ResourceNotFoundException,
        SerializationException,
        TableAlreadyExistsException,
        TableInUseException,
        TableNotFoundException,
        ThrottledException,
        TooManyTagsException,
        TransactionCanceledException,
        TransactionConflictException,
        TransactionInProgressException,
        TrimmedDataAccessException,
        UnknownOperationException,
        UnrecognizedClientException,
        ValidationException {
  private static final long serialVersionUID = 1;

  ApiException(String message) {
    super(message, null, false, false);
  }

  /** Returns the error's name on the wire, without its namespace. */
  public final String wireName() {
    return getClass().getSimpleName();
  }

  /** Returns who defines the error, which decides the namespace before its name on the wire. */
  public abstract Origin origin();

  /** Returns the error's text; empty for the few errors that have none. */
  public final String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** The definers of errors. */
  public enum Origin {
    /** The service that the request calls. */
    SERVICE,
    /** The framework that passes requests to all services. */
    FRAMEWORK,
    /** The framework's check of a request against the service's model. */
    VALIDATION
  }
}
