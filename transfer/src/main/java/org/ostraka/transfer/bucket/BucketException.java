package org.ostraka.transfer.bucket;

/** A bucket cannot be used, and trying again does not help. */
public final class BucketException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;

  /**
   * Makes an exception.
   *
   * @param code the failure's name in the API, such as {@code S3NoSuchBucket}
   */
  public BucketException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Returns the error for a bucket that does not exist. */
  public static BucketException noSuchBucket() {
    return new BucketException("S3NoSuchBucket", "The specified bucket does not exist");
  }

  /** Returns the error for an object that is not the one that was listed. */
  public static BucketException replaced(String key) {
    return new BucketException(
        "S3PreconditionFailed", "Object " + key + " was replaced after it was listed");
  }

  /** Returns the error for an object that does not exist. */
  public static BucketException noSuchKey() {
    return new BucketException("S3NoSuchKey", "The specified key does not exist.");
  }

  /** Returns the error for a bucket or an object that may not be used. */
  public static BucketException accessDenied() {
    return new BucketException("S3AccessDenied", "Access Denied");
  }

  /** Returns whether there is no such object. */
  public boolean isNoSuchKey() {
    return code.equals("S3NoSuchKey");
  }

  public String code() {
    return code;
  }

  public String text() {
    return String.valueOf(getMessage());
  }
}
