package org.ostraka.storage.volume;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Space;
import org.ostraka.storage.Write;

/**
 * The writes of one decision, or the dropping of one space, on their way to the disk. One thread at
 * a time.
 */
final class Submission {
  private final Ticket ticket = new Ticket();
  private final Map<Bytes, PendingRow> rows = new LinkedHashMap<>();
  private final List<Write.Append> appends = new ArrayList<>();
  private @Nullable Space dropped;
  private long sizeBytes;

  static Submission dropping(Space space) {
    Submission submission = new Submission();
    submission.dropped = space;
    return submission;
  }

  void row(byte[] storedKey, @Nullable Bytes value) {
    rows.put(Bytes.wrap(storedKey), new PendingRow(value, ticket));
    sizeBytes += storedKey.length + (value == null ? 0 : value.sizeBytes());
  }

  void append(Write.Append append) {
    appends.add(append);
    sizeBytes += append.record().sizeBytes();
  }

  Ticket ticket() {
    return ticket;
  }

  /** The last state of each row, by stored key. */
  Map<Bytes, PendingRow> rows() {
    return rows;
  }

  List<Write.Append> appends() {
    return appends;
  }

  Optional<Space> dropped() {
    return Optional.ofNullable(dropped);
  }

  long sizeBytes() {
    return sizeBytes;
  }
}
