package org.ostraka.transfer;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.transfer.ReadObject;
import org.ostraka.transfer.bucket.BucketException;
import org.ostraka.transfer.bucket.Buckets;

/** Compares the objects of a job that goes on with those that it began with. Stateless. */
final class SameObjects {
  private SameObjects() {}

  /**
   * Refuses to go on within an object that is not what it was: the records that were passed over
   * would not be those that are done.
   *
   * @param records the records that are done of the object
   * @param reading the object; absent in jobs of older versions
   * @param listed the objects that are not done, in the order of their keys
   * @throws BucketException when the object was replaced or removed, or another one stands before
   *     it now
   */
  static void require(long records, Optional<ReadObject> reading, List<Buckets.Listed> listed) {
    if (records == 0 || reading.isEmpty()) {
      return;
    }
    ReadObject before = reading.get();
    boolean isSame =
        !listed.isEmpty()
            && listed.getFirst().key().equals(before.key())
            && listed.getFirst().version().equals(before.version())
            // A store without ETags cannot say that an object is what it was.
            && !before.version().isEmpty();
    if (!isSame) {
      throw new BucketException(
          "S3PreconditionFailed",
          "Object "
              + before.key()
              + " was replaced or removed, or an object was put before it, after "
              + records
              + " of its records were read");
    }
  }
}
