package org.ostraka.engine.transfer;

import java.util.Optional;
import org.ostraka.model.BulkOperation;

/**
 * A bulk operation in progress, and how far it has come. Immutable.
 *
 * @param done the key of the last object that is done; absent before the first one is
 * @param records the records that are done of the object after that
 * @param reading this object; absent before it is read
 * @param readBytes the bytes of all objects that are done
 * @param errorFiles the files of reports of errors
 * @param unmetFiles the files of reports of conditions that did not hold
 */
public record BulkJob(
    BulkOperation operation,
    Optional<String> done,
    long records,
    Optional<ReadObject> reading,
    long readBytes,
    long errorFiles,
    long unmetFiles) {

  /** Returns the job before any object. */
  static BulkJob begun(BulkOperation operation) {
    return new BulkJob(operation, Optional.empty(), 0, Optional.empty(), 0, 0, 0);
  }

  /** Returns the job after more records of an object are done. */
  public BulkJob within(long recordsDone, BulkOperation.Counts counts) {
    return new BulkJob(
        operation.with(counts), done, recordsDone, reading, readBytes, errorFiles, unmetFiles);
  }

  /** Returns the job when it reads an object. */
  public BulkJob reading(ReadObject object) {
    return new BulkJob(
        operation, done, records, Optional.of(object), readBytes, errorFiles, unmetFiles);
  }

  /** Returns the job after an object of this size is done. */
  public BulkJob after(String key, long sizeBytes) {
    long read = readBytes + sizeBytes;
    return new BulkJob(
        operation.with(operation.counts().read(read)),
        Optional.of(key),
        0,
        Optional.empty(),
        read,
        errorFiles,
        unmetFiles);
  }

  /** Returns the job after files of reports were put. */
  public BulkJob reported(long moreErrorFiles, long moreUnmetFiles) {
    return new BulkJob(
        operation,
        done,
        records,
        reading,
        readBytes,
        errorFiles + moreErrorFiles,
        unmetFiles + moreUnmetFiles);
  }

  /** Returns the job as another one of the same operation describes it. */
  BulkJob with(BulkOperation other) {
    return new BulkJob(other, done, records, reading, readBytes, errorFiles, unmetFiles);
  }

  /** Returns the job when so many bytes are to be read. */
  public BulkJob ofTotal(long bytes) {
    return with(operation.with(operation.counts().ofTotal(bytes)));
  }
}
