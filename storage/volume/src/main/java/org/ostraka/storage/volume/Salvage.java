package org.ostraka.storage.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Direction;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;

/**
 * Puts the whole entries of a damaged volume into an empty one. One thread.
 *
 * <p>An entry is whole if its checksum fits its key and its value. A log from which records are
 * missing is trimmed up to the gap, so that each of its readers notices: none passes over what is
 * lost. If its newest records may be missing, it is trimmed as a whole and goes on at a later
 * position, since readers may have come to positions that no record has any more.
 */
public final class Salvage {
  /** The maximum number of rows that a result names; the others are only counted. */
  public static final int MAX_NAMED = 1_000;

  /** Bytes of one batch, unless a single entry has more. */
  private static final long BATCH_BYTES = 4L << 20;

  /** Positions that a log passes over; it never had as many records since it was trimmed. */
  private static final long LEAP = 1L << 32;

  private final Volume target;
  private Batch batch = new Batch();
  private Stamp last = Stamp.ZERO;
  private long rows;
  private long records;
  private long damaged;
  private long doubtful;
  private final List<RowKey> doubtfulRows = new ArrayList<>();
  private final List<String> damages = new ArrayList<>();

  /** Makes a salvage into an empty volume. */
  public Salvage(Volume target) {
    this.target = target;
  }

  /**
   * What was kept.
   *
   * @param damaged entries that were not whole
   * @param damages what is wrong with the first of them
   * @param doubtful rows that may have had a newer value, or may have been deleted
   * @param doubtfulRows the first of them
   * @param logs what was trimmed of logs
   */
  public record Result(
      long rows,
      long records,
      long damaged,
      List<String> damages,
      long doubtful,
      List<RowKey> doubtfulRows,
      List<String> logs) {
    public Result {
      damages = List.copyOf(damages);
      doubtfulRows = List.copyOf(doubtfulRows);
      logs = List.copyOf(logs);
    }
  }

  /**
   * Adds an entry if it is whole.
   *
   * @param mayBeOlder whether a newer entry of the key may be lost
   */
  public void add(byte[] key, byte[] value, boolean mayBeOlder) throws VolumeFullException {
    try {
      take(key, value, mayBeOlder);
    } catch (CorruptDataException damage) {
      damaged++;
      if (damages.size() < MAX_NAMED) {
        damages.add(damage.getMessage() + where(key));
      }
      return;
    }
    batch.put(key, value);
    if (batch.sizeBytes() >= BATCH_BYTES) {
      commit();
    }
  }

  /**
   * Ends the salvage.
   *
   * @param losses what may be missing
   */
  public Result finish(List<Loss> losses) throws VolumeFullException {
    commit();
    List<String> logs = new ArrayList<>();
    for (Space space : logs()) {
      repair(space, losses).ifPresent(logs::add);
    }
    if (!last.equals(Stamp.ZERO)) {
      batch.note(StoredKey.ofClock(), StoredValue.ofClock(StoredKey.ofClock(), last));
    }
    commit();
    return new Result(rows, records, damaged, damages, doubtful, doubtfulRows, logs);
  }

  private void take(byte[] key, byte[] value, boolean mayBeOlder) {
    switch (StoredKey.decode(key)) {
      case StoredKey.Decoded.OfRow row -> {
        see(StoredValue.row(key, value).version().stamp());
        rows++;
        if (mayBeOlder) {
          doubtful++;
          if (doubtfulRows.size() < MAX_NAMED) {
            doubtfulRows.add(row.key());
          }
        }
      }
      case StoredKey.Decoded.OfRecord _ -> {
        LogRecord record = StoredValue.record(key, value);
        see(record.version().stamp());
        see(record.stamp());
        records++;
      }
      case StoredKey.Decoded.OfBounds _ -> StoredValue.bounds(key, value);
      case StoredKey.Decoded.OfClock _ -> see(StoredValue.clock(key, value));
    }
  }

  private void see(Stamp stamp) {
    last = stamp.compareTo(last) > 0 ? stamp : last;
  }

  private static String where(byte[] key) {
    try {
      return " (in space " + StoredKey.space(key).id() + ")";
    } catch (CorruptDataException _) {
      return "";
    }
  }

  private void commit() throws VolumeFullException {
    if (!batch.changes().isEmpty()) {
      target.commit(batch);
      batch = new Batch();
    }
  }

  /** Returns the spaces of logs that have records or bounds. */
  private SortedSet<Space> logs() {
    SortedSet<Space> logs = new TreeSet<>();
    VolumeCheck.collect(target, StoredKey::recordsOf, logs);
    VolumeCheck.collect(target, StoredKey::boundsIn, logs);
    return logs;
  }

  /** Trims a log up to the last gap, and returns what was trimmed if anything was. */
  private Optional<String> repair(Space space, List<Loss> losses) throws VolumeFullException {
    LogId log = new LogId(space);
    LogBounds bounds = Logs.trimmed(target, log);
    Found found = find(space, bounds.trimmed());
    long newest = Math.max(found.last(), bounds.newest());
    boolean endMayBeLost =
        Math.max(found.last(), bounds.trimmed()) < bounds.newest()
            || losses.stream().anyMatch(loss -> mayBeOfEnd(loss, log, newest));
    long trimmed = endMayBeLost ? newest + LEAP : Math.max(found.gapEnd(), bounds.trimmed());
    if (trimmed <= bounds.trimmed() && !found.stale()) {
      return Optional.empty();
    }
    byte[] key = StoredKey.boundsOf(space);
    batch.deleteRange(
        new StoredKey.Span(
            StoredKey.recordsOf(space).from(), StoredKey.of(log, Math.min(trimmed, newest) + 1)));
    batch.note(key, StoredValue.ofBounds(key, new LogBounds(trimmed, Math.max(trimmed, newest))));
    commit();
    return trimmed <= bounds.trimmed()
        ? Optional.empty()
        : Optional.of(
            "log "
                + space.id()
                + " is trimmed up to position "
                + trimmed
                + (endMayBeLost
                    ? ": its newest records may be missing"
                    : ": records before this position are missing"));
  }

  private static boolean mayBeOfEnd(Loss loss, LogId log, long newest) {
    byte[] next = StoredKey.of(log, newest + 1);
    return loss.keys().meets(new StoredKey.Span(next, StoredKey.recordsOf(log.space()).to()))
        || loss.mayHaveHad(StoredKey.boundsOf(log.space()));
  }

  /**
   * The records of a log.
   *
   * @param last the position of the newest
   * @param gapEnd the last position before which records are missing, up to the gap's end; 0 if
   *     none are
   * @param stale whether there are records that had been trimmed
   */
  private record Found(long last, long gapEnd, boolean stale) {}

  private Found find(Space space, long trimmed) {
    StoredKey.Span span = StoredKey.recordsOf(space);
    long position = trimmed;
    long gapEnd = 0;
    boolean stale = false;
    try (VolumeCursor cursor = target.scan(span.from(), span.to(), Direction.FORWARD)) {
      Optional<VolumeCursor.Entry> entry = cursor.next();
      while (entry.isPresent()) {
        long found = StoredKey.position(entry.get().key());
        stale |= found <= trimmed;
        gapEnd = found > position + 1 ? found - 1 : gapEnd;
        position = Math.max(position, found);
        entry = cursor.next();
      }
    }
    return new Found(position, gapEnd, stale);
  }
}
