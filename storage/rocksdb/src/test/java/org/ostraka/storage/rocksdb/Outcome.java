package org.ostraka.storage.rocksdb;

import static org.ostraka.storage.rocksdb.TestVolumes.SPACE;
import static org.ostraka.storage.rocksdb.TestVolumes.bytes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;

/** What one sees of data on a disk that may be damaged. */
sealed interface Outcome {
  /** Every row is there as it was written, and no other. */
  record Right() implements Outcome {}

  /** The directory is not opened, and the message says why. */
  record Refused(String message) implements Outcome {}

  /** Some reads fail; all others are right. */
  record Told(String message) implements Outcome {}

  /** A read answered what is not so. */
  record Wrong(String what) implements Outcome {}

  /** Opens a directory for use, and reads everything in it in every way. */
  static Outcome ofUse(LivedDirectory.Moment moment) {
    try (TestVolumes.Opened opened = TestVolumes.open(moment.path())) {
      return ofReading(opened.store(), moment.rows());
    } catch (DataDirectoryException refused) {
      return new Refused(String.valueOf(refused.getMessage()));
    } catch (StorageException unreadable) {
      return new Refused(String.valueOf(unreadable.getMessage()));
    }
  }

  /** Looks at a directory as {@code ostraka check} does, and reads everything in it. */
  static Outcome ofLook(LivedDirectory.Moment moment) {
    try (TestVolumes.Opened opened = TestVolumes.openReadOnly(moment.path())) {
      opened.volume().verifyChecksums();
      return ofReading(opened.store(), moment.rows());
    } catch (DataDirectoryException refused) {
      return new Refused(String.valueOf(refused.getMessage()));
    } catch (StorageException damage) {
      return new Told(String.valueOf(damage.getMessage()));
    }
  }

  private static Outcome ofReading(Store store, Map<RowKey, Bytes> rows) {
    List<String> failures = new ArrayList<>();
    Optional<String> wrong =
        wrongOneByOne(store, rows, failures)
            .or(() -> wrongTogether(store, rows, failures))
            .or(() -> wrongScanned(store, rows, Direction.FORWARD, failures))
            .or(() -> wrongScanned(store, rows, Direction.BACKWARD, failures));
    if (wrong.isPresent()) {
      return new Wrong(wrong.get());
    }
    return failures.isEmpty() ? new Right() : new Told(failures.getFirst());
  }

  private static Optional<String> wrongOneByOne(
      Store store, Map<RowKey, Bytes> rows, List<String> failures) {
    for (Map.Entry<RowKey, Bytes> row : rows.entrySet()) {
      try {
        Optional<Bytes> read = TestVolumes.read(store, row.getKey());
        if (!read.equals(Optional.of(row.getValue()))) {
          return Optional.of("a read shows " + (read.isEmpty() ? "no row" : "another row"));
        }
      } catch (StorageException failure) {
        failures.add(String.valueOf(failure.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> wrongTogether(
      Store store, Map<RowKey, Bytes> rows, List<String> failures) {
    List<RowKey> keys = List.copyOf(rows.keySet());
    try {
      List<Optional<Row>> read = store.read(keys, Consistency.STRONG);
      for (int i = 0; i < keys.size(); i++) {
        if (!read.get(i).map(Row::value).equals(Optional.of(rows.get(keys.get(i))))) {
          return Optional.of("a read of several rows shows another one, or none");
        }
      }
    } catch (StorageException failure) {
      failures.add(String.valueOf(failure.getMessage()));
    }
    return Optional.empty();
  }

  private static Optional<String> wrongScanned(
      Store store, Map<RowKey, Bytes> rows, Direction direction, List<String> failures) {
    try {
      Map<RowKey, Bytes> scanned = new HashMap<>();
      TestVolumes.rows(store, Range.OfPartition.all(SPACE, bytes("p"), direction))
          .forEach(row -> scanned.put(row.key(), row.value()));
      return scanned.equals(rows) ? Optional.empty() : Optional.of("a scan shows other rows");
    } catch (StorageException failure) {
      failures.add(String.valueOf(failure.getMessage()));
      return Optional.empty();
    }
  }
}
