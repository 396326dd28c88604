package org.ostraka.engine.gate;

/**
 * What a request wants to do in a bucket of S3, as policies name it. Immutable.
 *
 * @param action the name in policies, such as {@code s3:GetObject}
 * @param resource the ARN of the bucket or object
 */
public record BucketAccess(String action, String resource) {
  private static final String BUCKET = "arn:aws:s3:::";

  public static BucketAccess putObject(String bucket, String key) {
    return new BucketAccess("s3:PutObject", BUCKET + bucket + "/" + key);
  }

  /** Makes the access to all objects whose keys begin so. */
  public static BucketAccess getObjects(String bucket, String prefix) {
    return new BucketAccess("s3:GetObject", BUCKET + bucket + "/" + prefix);
  }

  public static BucketAccess listBucket(String bucket) {
    return new BucketAccess("s3:ListBucket", BUCKET + bucket);
  }
}
