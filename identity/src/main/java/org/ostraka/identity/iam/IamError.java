package org.ostraka.identity.iam;

/**
 * The errors of IAM and STS: "Common errors" and the operations' pages in the IAM API Reference and
 * the AWS STS API Reference.
 */
public enum IamError {
  ACCESS_DENIED("AccessDenied", Status.FORBIDDEN),
  DELETE_CONFLICT("DeleteConflict", Status.CONFLICT),
  ENTITY_ALREADY_EXISTS("EntityAlreadyExists", Status.CONFLICT),
  EXPIRED_IDENTITY_TOKEN("ExpiredTokenException", Status.BAD_REQUEST),
  EXPIRED_TOKEN("ExpiredToken", Status.FORBIDDEN),
  IDP_COMMUNICATION_ERROR("IDPCommunicationError", Status.BAD_REQUEST),
  INCOMPLETE_SIGNATURE("IncompleteSignature", Status.BAD_REQUEST),
  INTERNAL_FAILURE("InternalFailure", Status.FAILURE),
  INVALID_ACTION("InvalidAction", Status.BAD_REQUEST),
  INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", Status.FORBIDDEN),
  INVALID_IDENTITY_TOKEN("InvalidIdentityToken", Status.BAD_REQUEST),
  INVALID_INPUT("InvalidInput", Status.BAD_REQUEST),
  LIMIT_EXCEEDED("LimitExceeded", Status.CONFLICT),
  MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocument", Status.BAD_REQUEST),
  MALFORMED_QUERY_STRING("MalformedQueryString", Status.NOT_FOUND),
  MISSING_ACTION("MissingAction", Status.BAD_REQUEST),
  MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", Status.FORBIDDEN),
  NO_SUCH_ENTITY("NoSuchEntity", Status.NOT_FOUND),
  PACKED_POLICY_TOO_LARGE("PackedPolicyTooLarge", Status.BAD_REQUEST),
  SERVICE_UNAVAILABLE("ServiceUnavailable", Status.UNAVAILABLE),
  SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", Status.FORBIDDEN),
  UNMODIFIABLE_ENTITY("UnmodifiableEntity", Status.BAD_REQUEST),
  VALIDATION_ERROR("ValidationError", Status.BAD_REQUEST);

  private static final class Status {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int FAILURE = 500;
    private static final int UNAVAILABLE = 503;
  }

  private final String code;
  private final int status;

  IamError(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** Returns the error's name on the wire. */
  public String code() {
    return code;
  }

  /** Returns the status of the HTTP answer. */
  public int status() {
    return status;
  }

  /** Makes the error with a message. */
  public IamException because(String message) {
    return new IamException(this, message);
  }
}
