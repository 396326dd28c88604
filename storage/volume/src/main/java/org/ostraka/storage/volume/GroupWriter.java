package org.ostraka.storage.volume;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;

/** Writes groups of submissions to the volume, each as one batch. The committer's thread. */
final class GroupWriter {
  private final Volume volume;
  private final RowCache cache;
  private final Logs logs;

  GroupWriter(Volume volume, RowCache cache) {
    this.volume = volume;
    this.cache = cache;
    this.logs = new Logs(volume);
  }

  /**
   * Makes a group durable.
   *
   * @throws UnwrittenException when none of it was written, and the volume goes on serving
   * @throws org.ostraka.storage.StorageException when it cannot be known what was written
   */
  void write(List<Submission> group) throws UnwrittenException {
    Batch batch;
    Map<Bytes, @Nullable VersionedValue> rows;
    try {
      batch = batch(group);
      rows = rows(group);
    } catch (RuntimeException | Error unbuilt) {
      // Not even the memory for a batch: nothing was written, so that the store can go on.
      logs.forgetAll();
      throw new UnwrittenException(unbuilt);
    }
    cache.close(rows.keySet());
    try {
      volume.commit(batch);
      rows.forEach(cache::open);
      if (group.stream().anyMatch(submission -> submission.dropped().isPresent())) {
        cache.clear();
      }
    } catch (VolumeFullException full) {
      rows.keySet().forEach(key -> cache.open(key, null));
      logs.forgetAll();
      throw new UnwrittenException(full);
    }
  }

  /** Nothing of a group was written; the cause says why. */
  static final class UnwrittenException extends Exception {
    private static final long serialVersionUID = 1;

    UnwrittenException(Throwable cause) {
      super(cause);
    }
  }

  /** Returns the last state of each row that a group writes. */
  private static Map<Bytes, @Nullable VersionedValue> rows(List<Submission> group) {
    Map<Bytes, @Nullable VersionedValue> last = new HashMap<>();
    group.forEach(submission -> submission.rows().forEach((key, row) -> last.put(key, row.row())));
    return last;
  }

  private Batch batch(List<Submission> group) {
    Batch batch = new Batch(group.size());
    for (Submission submission : group) {
      addRemovals(batch, submission);
      submission.rows().forEach((key, row) -> addRow(batch, key.array(), row.row()));
      submission.appends().forEach(append -> addRecord(batch, append, submission.version()));
    }
    Stamp last = group.getLast().version().stamp();
    batch.note(StoredKey.ofClock(), StoredValue.ofClock(StoredKey.ofClock(), last));
    return batch;
  }

  private void addRemovals(Batch batch, Submission submission) {
    submission
        .dropped()
        .ifPresent(space -> {
          batch.drop(StoredKey.rowsOf(space));
          batch.drop(StoredKey.recordsOf(space));
          batch.delete(StoredKey.boundsOf(space));
          logs.forget(space);
        });
    submission.trim().ifPresent(trim -> logs.trim(trim.log(), trim.upTo().value(), batch));
  }

  private static void addRow(Batch batch, byte[] key, @Nullable VersionedValue row) {
    if (row == null) {
      batch.delete(key);
    } else {
      batch.put(key, StoredValue.ofRow(key, row.version(), row.value()));
    }
  }

  private void addRecord(Batch batch, Submission.Append append, Version own) {
    byte[] key = StoredKey.of(append.log(), logs.next(append.log()));
    Version replicated = append.replicated();
    batch.put(
        key,
        StoredValue.ofRecord(
            key,
            replicated == null ? own : replicated,
            own.stamp(),
            replicated != null,
            append.value()));
  }
}
