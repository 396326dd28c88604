package org.ostraka.engine.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Version;

/**
 * A table's record together with what every request needs of it. Immutable.
 *
 * @param stored the record as it was last stored
 * @param guards the guard of every decision that depends on the record; it fails once the stored
 *     record has another version
 * @param now the same record; once its transition is over, the record after it
 * @param indexes the indexes of {@code now}
 */
record TableState(
    TableRecord stored, List<Guard> guards, TableRecord now, List<OpenIndex> indexes) {
  static TableState of(TableRecord stored, Version version) {
    Guard guard =
        new Guard(CatalogueRows.tableKey(stored.description().arn()), Optional.of(version));
    return of(stored, List.of(guard), stored);
  }

  private static TableState of(TableRecord stored, List<Guard> guards, TableRecord now) {
    return new TableState(
        stored,
        guards,
        now,
        now.description().indexes().stream()
            .map(index ->
                new OpenIndex(index, Objects.requireNonNull(now.indexes().get(index.name()))))
            .toList());
  }

  /** Returns the state at a moment; empty when the table is deleted by then. */
  Optional<TableState> at(Instant moment) {
    return now.isOver(moment)
        ? now.at(moment).map(record -> of(stored, guards, record))
        : Optional.of(this);
  }

  /** Returns whether the table's items may be read and written. */
  boolean serves() {
    return switch (now.description().status()) {
      case ACTIVE, UPDATING, INACCESSIBLE_ENCRYPTION_CREDENTIALS -> true;
      case CREATING, DELETING -> false;
    };
  }
}
