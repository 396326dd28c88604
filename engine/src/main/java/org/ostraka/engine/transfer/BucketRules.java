package org.ostraka.engine.transfer;

import java.util.List;
import org.ostraka.engine.gate.BucketAccess;
import org.ostraka.model.TransferFailure;

/**
 * What a caller must be allowed in the buckets that a request names ("Requesting a table export in
 * DynamoDB" and "Requesting a table import in DynamoDB"). Stateless.
 *
 * <p>The service uses the bucket on behalf of the caller, after it has answered: so a caller who
 * may not use it gets an export or import that fails.
 */
final class BucketRules {
  /** How an export or import ends whose caller may not use its bucket. */
  static final TransferFailure DENIED = new TransferFailure("S3AccessDenied", "Access Denied");

  private BucketRules() {}

  /** Returns what is needed to write into a folder. */
  static List<BucketAccess> toWrite(String bucket, String folder) {
    return List.of(BucketAccess.putObject(bucket, folder + "_started"));
  }

  /** Returns what is needed to read all objects whose keys begin with a prefix. */
  static List<BucketAccess> toRead(String bucket, String prefix) {
    return List.of(BucketAccess.listBucket(bucket), BucketAccess.getObjects(bucket, prefix));
  }
}
