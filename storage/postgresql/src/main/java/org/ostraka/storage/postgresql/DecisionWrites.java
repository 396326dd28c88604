package org.ostraka.storage.postgresql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.StoreLimits;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;
import org.ostraka.storage.Write;

/** What a decision writes: the last state of each row, and records of logs. One thread. */
final class DecisionWrites {
  private final DeclaredRows declared;
  private final StoreLimits limits;
  private final Map<RowKey, RowWrite> rows = new LinkedHashMap<>();
  private final List<Append> appends = new ArrayList<>();
  private final Set<RowKey> written = new HashSet<>();
  private long observed;
  private long bytes;

  /**
   * One row.
   *
   * @param value null for a row that is deleted
   * @param replicated the version that the row keeps, null for the decision's own
   */
  record RowWrite(RowKey row, StoredKey key, @Nullable Bytes value, @Nullable Version replicated) {
    byte @Nullable [] bytes() {
      return value == null ? null : value.array();
    }

    byte @Nullable [] longPartition() {
      return StoredKey.longPartition(row);
    }
  }

  /** One more record of a log. */
  record Append(LogId log, Bytes value, @Nullable Version replicated) {}

  DecisionWrites(DeclaredRows declared, Verdict<?> verdict, StoreLimits limits) {
    this.declared = declared;
    this.limits = limits;
    if (verdict.writes().size() > limits.writes()) {
      throw new IllegalArgumentException("a decision has at most " + limits.writes() + " writes");
    }
    verdict.writes().forEach(write -> add(write, null));
  }

  private void add(Write write, @Nullable Version replicated) {
    switch (write) {
      case Write.Put(RowKey key, Bytes value) -> addDeclared(key, value, replicated);
      case Write.Delete(RowKey key) -> addDeclared(key, null, replicated);
      case Write.Derive(RowKey owner, RowKey key, Optional<Bytes> value) -> {
        var _ = declared.place(owner);
        written.add(owner);
        put(key, value.orElse(null), replicated);
      }
      case Write.Append(LogId log, Bytes record) -> {
        requireValue(record);
        appends.add(new Append(log, record, replicated));
      }
      case Write.Replicated(Version version, Write change) -> {
        observed = Math.max(observed, version.stamp().value());
        add(change, version);
      }
    }
  }

  private void addDeclared(RowKey key, @Nullable Bytes value, @Nullable Version replicated) {
    Optional<Row> current = declared.row(key);
    if (replicated != null
        && current.isPresent()
        && current.get().version().compareTo(replicated) >= 0) {
      throw new IllegalArgumentException("a replicated write must win over the row that it meets");
    }
    written.add(key);
    put(key, value, replicated);
  }

  private void put(RowKey key, @Nullable Bytes value, @Nullable Version replicated) {
    PostgresStore.requireSize(key, limits);
    if (value != null) {
      requireValue(value);
    }
    rows.put(key, new RowWrite(key, StoredKey.of(key), value, replicated));
  }

  private void requireValue(Bytes value) {
    if (value.sizeBytes() > limits.valueBytes()) {
      throw new IllegalArgumentException("a value has at most " + limits.valueBytes() + " bytes");
    }
    bytes += value.sizeBytes();
  }

  /** Returns the bytes of all values that are written. */
  long bytes() {
    return bytes;
  }

  boolean writes(RowKey key) {
    return written.contains(key);
  }

  List<RowWrite> puts() {
    return rows.values().stream().filter(row -> row.value() != null).toList();
  }

  List<RowWrite> deletes() {
    return rows.values().stream().filter(row -> row.value() == null).toList();
  }

  List<Append> appends() {
    return appends;
  }

  /** Returns the greatest stamp that came with a replicated write, 0 for none. */
  long observed() {
    return observed;
  }
}
