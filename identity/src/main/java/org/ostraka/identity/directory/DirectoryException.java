package org.ostraka.identity.directory;

/**
 * A change of the directory is refused. The message says why, in IAM's words where they are known;
 * {@code DirectoryRulesTest} names the sources.
 */
public final class DirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Code code;
  private final String why;

  /** The codes of IAM's errors. */
  public enum Code {
    ENTITY_ALREADY_EXISTS("EntityAlreadyExists", 409),
    NO_SUCH_ENTITY("NoSuchEntity", 404),
    DELETE_CONFLICT("DeleteConflict", 409),
    LIMIT_EXCEEDED("LimitExceeded", 409),
    INVALID_INPUT("InvalidInput", 400),
    MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocument", 400),
    UNMODIFIABLE_ENTITY("UnmodifiableEntity", 400),
    VALIDATION_ERROR("ValidationError", 400);

    private final String wireName;
    private final int status;

    Code(String wireName, int status) {
      this.wireName = wireName;
      this.status = status;
    }

    /** Returns the code as IAM's answers have it. */
    public String wireName() {
      return wireName;
    }

    /** Returns the HTTP status of IAM's answer. */
    public int status() {
      return status;
    }
  }

  public DirectoryException(Code code, String why) {
    super(why);
    this.code = code;
    this.why = why;
  }

  public Code code() {
    return code;
  }

  /** Returns the message. */
  public String why() {
    return why;
  }

  static DirectoryException exists(EntityKind kind, String name) {
    return new DirectoryException(
        Code.ENTITY_ALREADY_EXISTS,
        kind == EntityKind.POLICY
            ? "A policy called " + name + " already exists. Duplicate names are not allowed."
            : capitalized(kind.noun()) + " with name " + name + " already exists.");
  }

  static DirectoryException missing(EntityKind kind, String name) {
    return missing(kind.noun(), name);
  }

  static DirectoryException missing(String noun, String name) {
    return new DirectoryException(
        Code.NO_SUCH_ENTITY, "The " + noun + " with name " + name + " cannot be found.");
  }

  static DirectoryException missingPolicy(String arn) {
    return new DirectoryException(Code.NO_SUCH_ENTITY, "Policy " + arn + " was not found.");
  }

  static DirectoryException conflict(String why) {
    return new DirectoryException(Code.DELETE_CONFLICT, why);
  }

  static DirectoryException exceeded(String quota, int limit) {
    return new DirectoryException(
        Code.LIMIT_EXCEEDED, "Cannot exceed quota for " + quota + ": " + limit);
  }

  static DirectoryException invalid(String why) {
    return new DirectoryException(Code.VALIDATION_ERROR, why);
  }

  private static String capitalized(String noun) {
    return Character.toUpperCase(noun.charAt(0)) + noun.substring(1);
  }
}
