package org.ostraka.transfer;

import org.ostraka.model.Bytes;

/** Where the errors of imports are written, in the place of CloudWatch. Any thread. */
public interface ImportErrors {
  /** Errors beyond so many of an import are counted, but not written. */
  long MAX_WRITTEN = 10_000;

  /**
   * Writes errors, each as a line of JSON; replaces what was written with the same number.
   *
   * @param importId the import's id, which its ARN ends in
   * @param first the number of the first of the errors
   */
  void write(String importId, long first, Bytes lines);
}
