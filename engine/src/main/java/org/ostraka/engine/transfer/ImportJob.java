package org.ostraka.engine.transfer;

import java.util.Optional;
import org.ostraka.model.ImportDescription;

/**
 * An import in progress, and how far it has come. Immutable.
 *
 * @param done the key of the last object that is done; absent before the first one is
 * @param records the records that are done of the object after that
 * @param reading this object; absent before it is read
 */
public record ImportJob(
    ImportDescription description,
    Optional<String> done,
    long records,
    Optional<ReadObject> reading) {
  /** Returns the job after more records of an object are done. */
  public ImportJob within(long recordsDone, ImportDescription.Counts counts) {
    return new ImportJob(description.with(counts), done, recordsDone, reading);
  }

  /** Returns the job when it reads an object. */
  public ImportJob reading(ReadObject object) {
    return new ImportJob(description, done, records, Optional.of(object));
  }

  /** Returns the job after an object is done. */
  public ImportJob after(String key, ImportDescription.Counts counts) {
    return new ImportJob(description.with(counts), Optional.of(key), 0, Optional.empty());
  }
}
