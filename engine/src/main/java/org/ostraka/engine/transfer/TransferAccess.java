package org.ostraka.engine.transfer;

import org.ostraka.model.error.ValidationException;

/**
 * What operations need of exports and imports. Any thread.
 *
 * @param isThere whether there are buckets to write to and read from
 * @param begun run when an export or import has begun
 */
public record TransferAccess(boolean isThere, Runnable begun) {
  /** No buckets. */
  public static final TransferAccess NONE = new TransferAccess(false, () -> {});

  /** Buckets that somebody looks after without being told. */
  public static final TransferAccess UNTOLD = new TransferAccess(true, () -> {});

  /**
   * Refuses what needs buckets if there are none.
   *
   * @throws ValidationException with a text of our own, since the service always has S3
   */
  void require() {
    if (!isThere) {
      throw new ValidationException(
          "Exports and imports are not available: the server was started without buckets"
              + " (--buckets)");
    }
  }
}
