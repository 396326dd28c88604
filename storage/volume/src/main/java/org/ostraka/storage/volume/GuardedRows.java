package org.ostraka.storage.volume;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Version;

/**
 * The versions of rows that guards have named, as the decisions that were accepted so far leave
 * them. The caller holds the committer's lock.
 *
 * <p>A store that one process owns knows every change of these rows, so that a guard costs no lock
 * and no read.
 */
final class GuardedRows {
  /** Rows that are kept, at most: there is a row for each table and each server in use. */
  static final int MAX_ROWS = 65_536;

  private final Map<Bytes, State> states = new ConcurrentHashMap<>();

  /** Whether there is a row, and its version. */
  record State(Optional<Version> version) {
    private static State of(@Nullable VersionedValue row) {
      return new State(Optional.ofNullable(row).map(VersionedValue::version));
    }
  }

  /** Returns the state of a row, and keeps it up to date from now on. */
  State state(Bytes storedKey, Function<Bytes, @Nullable VersionedValue> reader) {
    if (states.size() >= MAX_ROWS && !states.containsKey(storedKey)) {
      states.clear();
    }
    return states.computeIfAbsent(storedKey, key -> State.of(reader.apply(key)));
  }

  /** Notes the rows that a decision changes. */
  void written(Submission submission) {
    if (!states.isEmpty()) {
      submission
          .rows()
          .forEach((key, row) -> states.computeIfPresent(key, (_, _) -> State.of(row.row())));
    }
  }

  /** Forgets everything, since decisions that were accepted are lost, or whole spaces go. */
  void forgetAll() {
    states.clear();
  }
}
