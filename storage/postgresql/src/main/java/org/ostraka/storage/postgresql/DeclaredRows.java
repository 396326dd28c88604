package org.ostraka.storage.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Version;

/** What a decision rests on, as it was at one moment: declared rows and guards. One thread. */
final class DeclaredRows implements CurrentRows {
  private final Map<RowKey, Integer> places = new LinkedHashMap<>();
  private final List<Guard> guards;
  private final List<RowKey> rows = new ArrayList<>();
  private final List<StoredKey> keys = new ArrayList<>();
  private List<RowReads.@Nullable Found> found = List.of();

  DeclaredRows(Collection<RowKey> declared, Collection<Guard> guards) {
    this.guards = List.copyOf(new LinkedHashSet<>(guards));
    for (RowKey key : declared) {
      if (places.putIfAbsent(key, places.size()) == null) {
        rows.add(key);
      }
    }
    this.guards.forEach(guard -> rows.add(guard.key()));
    rows.forEach(row -> keys.add(StoredKey.of(row)));
  }

  void read(RowReader reader) throws SQLException {
    found = reader.read(wanted());
  }

  void read(Connection connection) throws SQLException {
    found = RowReads.read(connection, wanted());
  }

  /** Returns what is read: declared rows, and the versions of guards. */
  private List<RowReads.Wanted> wanted() {
    List<RowReads.Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      wanted.add(new RowReads.Wanted(rows.get(i), keys.get(i), i < places.size()));
    }
    return wanted;
  }

  @Override
  public Optional<Row> row(RowKey key) {
    return Optional.ofNullable(found.get(place(key))).map(row -> row.at(key));
  }

  /** Refuses a key that was not declared. */
  int place(RowKey key) {
    Integer place = places.get(key);
    if (place == null) {
      throw new IllegalArgumentException("a decision uses a key that it did not declare");
    }
    return place;
  }

  /** Throws the mismatch of a guard, if there is one. */
  void verifyGuards() {
    for (int i = 0; i < guards.size(); i++) {
      RowReads.Found row = found.get(places.size() + i);
      Optional<Version> version = Optional.ofNullable(row).map(RowReads.Found::version);
      if (!version.equals(guards.get(i).version())) {
        throw new GuardMismatchException(guards.get(i).key());
      }
    }
  }

  Collection<RowKey> declared() {
    return places.keySet();
  }

  /** A row and the version that it had, or null if it was absent. */
  record Seen(RowKey row, StoredKey key, @Nullable Version version) {

    /** Returns the stamp as the schema's functions compare it. */
    long stamp() {
      return version == null ? -1 : version.stamp().value();
    }

    int origin() {
      return version == null ? 0 : version.origin().id();
    }
  }

  /** Returns what was seen, declared rows and guards. */
  List<Seen> seen() {
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      RowReads.Found row = found.get(i);
      seen.add(new Seen(rows.get(i), keys.get(i), row == null ? null : row.version()));
    }
    return seen;
  }

  /**
   * Returns the locks that a decision takes, in their order.
   *
   * @param isWritten whether a declared row is written; others, and guards, share their locks
   */
  List<RowLock> locks(Predicate<RowKey> isWritten) {
    List<RowLock> locks = new ArrayList<>();
    places.keySet().forEach(key -> locks.add(new RowLock(key, !isWritten.test(key))));
    guards.forEach(guard -> locks.add(new RowLock(guard.key(), true)));
    return RowLock.inOrder(locks);
  }
}
