package org.ostraka.storage.volume;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Position;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;

/**
 * The writes of one decision, the dropping of one space, or the trimming of one log, on their way
 * to the disk. One thread at a time.
 */
final class Submission {
  /** What is stored beside a value, and the key of a log's record, at most. */
  private static final int OVERHEAD_BYTES = 64;

  private final Origin origin;
  private final Ticket ticket = new Ticket();
  private final Map<Bytes, PendingRow> rows = new LinkedHashMap<>();
  private final List<Append> appends = new ArrayList<>();
  private final List<Ticket> basis = new ArrayList<>();
  private @Nullable Version version;
  private @Nullable Version newestReplicated;
  private @Nullable Space dropped;
  private @Nullable Trim trim;
  private long sizeBytes;

  Submission(Origin origin) {
    this.origin = origin;
  }

  /**
   * One more record of a log.
   *
   * @param replicated the version that a replicated record keeps, null for the submission's own
   */
  record Append(LogId log, Bytes value, @Nullable Version replicated) {}

  /** The trimming of a log up to a position, included. */
  record Trim(LogId log, Position upTo) {}

  static Submission dropping(Space space) {
    Submission submission = new Submission(Origin.NONE);
    submission.dropped = space;
    return submission;
  }

  static Submission trimming(LogId log, Position upTo) {
    Submission submission = new Submission(Origin.NONE);
    submission.trim = new Trim(log, upTo);
    return submission;
  }

  /** Adds a row, without a value for one that is to be deleted. */
  void row(byte[] storedKey, @Nullable Bytes value, @Nullable Version replicated) {
    rows.put(Bytes.wrap(storedKey), new PendingRow(value, replicated, this));
    sizeBytes += storedKey.length + (value == null ? 0 : value.sizeBytes());
    note(replicated);
  }

  void append(LogId log, Bytes value, @Nullable Version replicated) {
    appends.add(new Append(log, value, replicated));
    sizeBytes += value.sizeBytes();
    note(replicated);
  }

  private void note(@Nullable Version replicated) {
    if (replicated != null
        && (newestReplicated == null || replicated.compareTo(newestReplicated) > 0)) {
      newestReplicated = replicated;
    }
  }

  /** Notes something that waits for the disk and that the decision has seen. */
  void restOn(Ticket seen) {
    basis.add(seen);
  }

  /** Returns whether any of these was seen by the decision. */
  boolean restsOnAny(Set<Ticket> others) {
    return !others.isEmpty() && basis.stream().anyMatch(others::contains);
  }

  /** Returns whether it is how room is made, so that a full disk may take it; see {@link Batch}. */
  boolean makesRoom() {
    long deletes = 0;
    long deletedKeyBytes = 0;
    long putBytes = 0;
    for (Map.Entry<Bytes, PendingRow> row : rows.entrySet()) {
      VersionedValue value = row.getValue().row();
      boolean first = StoredKey.isOfFirstSpace(row.getKey().array());
      if (value == null && !first) {
        deletes++;
        deletedKeyBytes += row.getKey().sizeBytes();
      } else if (value != null && !first) {
        putBytes += row.getKey().sizeBytes() + value.value().sizeBytes() + OVERHEAD_BYTES;
      }
    }
    for (Append append : appends) {
      boolean first = append.log().space().id() == 0;
      putBytes += first ? 0 : append.value().sizeBytes() + OVERHEAD_BYTES;
    }
    return Batch.makesRoom(deletes, deletedKeyBytes, putBytes);
  }

  /** Gives the submission its stamp, once. */
  void stamp(Stamp stamp) {
    version = new Version(stamp, origin);
  }

  /** Returns the version of everything that is not replicated. */
  Version version() {
    if (version == null) {
      throw new IllegalStateException("the submission has no stamp yet");
    }
    return version;
  }

  /** Returns the greatest stamp that came with a replicated write, if there was one. */
  Optional<Stamp> newestReplicated() {
    return Optional.ofNullable(newestReplicated).map(Version::stamp);
  }

  Ticket ticket() {
    return ticket;
  }

  /** Returns the last state of each row, by stored key. */
  Map<Bytes, PendingRow> rows() {
    return rows;
  }

  List<Append> appends() {
    return appends;
  }

  Optional<Space> dropped() {
    return Optional.ofNullable(dropped);
  }

  Optional<Trim> trim() {
    return Optional.ofNullable(trim);
  }

  long sizeBytes() {
    return sizeBytes;
  }
}
