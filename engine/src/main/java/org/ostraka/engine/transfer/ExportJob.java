package org.ostraka.engine.transfer;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.ostraka.engine.backup.ArchivedTable;
import org.ostraka.model.ExportDescription;
import org.ostraka.model.TableKey;
import org.ostraka.storage.Stamp;

/**
 * An export in progress, and how far it has come. Immutable.
 *
 * @param key the key of the table's items
 * @param chain the id of what is archived of the table
 * @param enabled when recovery to points in time was enabled: nothing is archived from before
 * @param progress how far it has come; absent before the first file
 */
public record ExportJob(
    ExportDescription description,
    TableKey key,
    UUID chain,
    Instant enabled,
    Optional<Progress> progress) {

  /**
   * How far an export has come. Immutable.
   *
   * @param place where the archive is read next; of an incremental export only its parts count
   * @param files the number of files that are written
   * @param items the items in them
   * @param sizeBytes the size of these items by the service's formula
   */
  public record Progress(ArchivedTable.Place place, long files, long items, long sizeBytes) {}

  /** Returns the job after more of it is done. */
  public ExportJob at(Progress next) {
    return new ExportJob(description, key, chain, enabled, Optional.of(next));
  }

  /** Returns the first stamp of an incremental export; the only one of a whole export. */
  public Stamp from() {
    return description
        .increment()
        .map(increment -> Stamp.of(increment.from()))
        .orElseGet(this::upTo);
  }

  /** Returns the last stamp whose changes are exported. */
  public Stamp upTo() {
    Instant time = description.exportTime();
    // The first second of recovery begins when it was enabled, which is within that second.
    Instant exact = time.isBefore(enabled) ? enabled : time;
    Instant end = description.increment().isPresent() ? time : exact.plusMillis(1);
    return new Stamp(Stamp.of(end).value() - 1);
  }
}
