package org.ostraka.engine.backup;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.BackupArn;
import org.ostraka.model.Bytes;
import org.ostraka.model.Owner;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/**
 * The rows that say what is backed up and what is being restored. Part of the format on disk. Any
 * thread.
 *
 * <pre>
 * partition ("backups", account, region)  sort (table, id)      a backup
 * partition ("chains")                    sort id               a chain
 * partition ("segments", chain)           sort number, 8 bytes  a segment of a chain
 * partition ("restores")                  sort table's id       the restoration of a table
 * partition ("archive")                                         the id of the store's archive
 * </pre>
 */
final class BackupRows {
  /** The space of these rows, beyond those of tables. */
  static final Space SPACE = new Space(Long.MAX_VALUE - 3);

  static final RowKey ARCHIVE_ID = new RowKey(SPACE, partition("archive"), Bytes.EMPTY);

  private static final Bytes CHAINS = partition("chains");
  private static final Bytes RESTORES = partition("restores");
  private static final Bytes BACKUPS_START = partition("backups");
  private static final Bytes SEGMENTS_START = partition("segments");

  private final Store store;

  BackupRows(Store store) {
    this.store = store;
  }

  List<Backup> backups(Owner owner) {
    return all(backups(owner.account(), owner.region()), BackupRows::backup);
  }

  /** Returns the backups of all accounts and regions. */
  List<Backup> backups() {
    List<Backup> backups = new ArrayList<>();
    Range range = Range.OfSlice.all(SPACE);
    try (Cursor cursor = store.scan(range, Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        if (isOfBackup(row.get())) {
          backups.add(backup(row.get()));
        }
        row = cursor.next();
      }
    }
    return backups;
  }

  Optional<Backup> backup(BackupArn arn) {
    return store.read(key(arn), Consistency.STRONG).map(BackupRows::backup);
  }

  List<Chain> chains() {
    return all(CHAINS, row -> ChainItem.chain(row.value()));
  }

  Optional<Chain> chain(UUID id) {
    return store.read(chainKey(id), Consistency.STRONG).map(row -> ChainItem.chain(row.value()));
  }

  List<RestoreJob> jobs() {
    return all(RESTORES, row -> ChainItem.job(row.value()));
  }

  /** Returns whether a table is being restored from a backup. */
  boolean isBeingRestored(BackupArn arn) {
    Optional<String> text = Optional.of(arn.toString());
    return jobs().stream().anyMatch(job -> job.backupArn().equals(text));
  }

  /** Opens the segments of a chain from a number on, in their order or against it. */
  Segments segments(UUID chain, long from, Direction direction) {
    return new Segments(
        store.scan(
            new Range.OfPartition(
                SPACE, segments(chain), number(from), Optional.empty(), direction),
            Consistency.STRONG,
            Wanted.ALL));
  }

  /** Opens the segments of a chain from a number back to a lower one, both included. */
  Segments segmentsBackTo(UUID chain, long least, long from) {
    return new Segments(
        store.scan(
            new Range.OfPartition(
                SPACE,
                segments(chain),
                number(least),
                Optional.of(number(from + 1)),
                Direction.BACKWARD),
            Consistency.STRONG,
            Wanted.ALL));
  }

  /** Segments as they are stored now. One thread. */
  static final class Segments implements AutoCloseable {
    private final Cursor rows;

    private Segments(Cursor rows) {
      this.rows = rows;
    }

    Optional<ArchivedSegment> next() {
      return rows.next().map(row -> ChainItem.segment(row.value()));
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  private <T> List<T> all(Bytes partition, Function<Row, T> reading) {
    List<T> found = new ArrayList<>();
    Range range = Range.OfPartition.all(SPACE, partition, Direction.FORWARD);
    try (Cursor cursor = store.scan(range, Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        found.add(reading.apply(row.get()));
        row = cursor.next();
      }
    }
    return found;
  }

  /** Writes rows by one decision. */
  void write(List<Guard> guards, Write... writes) {
    List<RowKey> keys = Stream.of(writes).map(BackupRows::key).toList();
    store.transact(keys, guards, _ -> new Verdict<>(true, List.of(writes)));
  }

  /** Stores how a backup is now, unless a request has deleted it meanwhile. */
  void update(Backup backup, List<Guard> guards) {
    RowKey key = key(backup.arn());
    store.transact(
        List.of(key),
        guards,
        current ->
            current.row(key).isEmpty()
                ? Verdict.unchanged(false)
                : new Verdict<>(true, List.of(put(backup))));
  }

  /** Stores a job, unless it has begun. */
  void begin(RestoreJob job, List<Guard> guards) {
    RowKey key = jobKey(job.targetId());
    store.transact(
        List.of(key),
        guards,
        current ->
            current.row(key).isPresent()
                ? Verdict.unchanged(false)
                : new Verdict<>(true, List.of(put(job))));
  }

  /** Removes rows by as few decisions as the store allows. */
  void delete(List<Guard> guards, List<RowKey> keys) {
    int most = Math.min(store.limits().declaredKeys(), store.limits().writes());
    for (int from = 0; from < keys.size(); from += most) {
      List<RowKey> next = keys.subList(from, Math.min(keys.size(), from + most));
      List<Write> writes = next.stream().map(key -> (Write) new Write.Delete(key)).toList();
      store.transact(next, guards, _ -> new Verdict<>(true, writes));
    }
  }

  private static RowKey key(Write write) {
    return switch (write) {
      case Write.Put put -> put.key();
      case Write.Delete delete -> delete.key();
      case Write.Derive _, Write.Append _, Write.Replicated _ ->
          throw new IllegalArgumentException("rows of backups are put and deleted");
    };
  }

  static Write put(Backup backup) {
    return new Write.Put(key(backup.arn()), BackupItem.encode(backup));
  }

  static Write put(Chain chain) {
    return new Write.Put(chainKey(chain.id()), ChainItem.encode(chain));
  }

  static Write put(ArchivedSegment segment) {
    return new Write.Put(segmentKey(segment.chain(), segment.number()), ChainItem.encode(segment));
  }

  static Write put(RestoreJob job) {
    return new Write.Put(jobKey(job.targetId()), ChainItem.encode(job));
  }

  static RowKey key(BackupArn arn) {
    Owner owner = arn.table().owner();
    return new RowKey(
        SPACE,
        backups(owner.account(), owner.region()),
        KeyEncoding.encode(List.of(text(arn.table().table()), text(arn.id()))));
  }

  static RowKey chainKey(UUID id) {
    return new RowKey(SPACE, CHAINS, KeyEncoding.encode(text(id)));
  }

  static RowKey segmentKey(UUID chain, long number) {
    return new RowKey(SPACE, segments(chain), number(number));
  }

  static RowKey jobKey(UUID target) {
    return new RowKey(SPACE, RESTORES, KeyEncoding.encode(text(target)));
  }

  static boolean isOfChain(Row row) {
    return row.key().partition().equals(CHAINS);
  }

  static boolean isOfJob(Row row) {
    return row.key().partition().equals(RESTORES);
  }

  static boolean isOfBackup(Row row) {
    return startsWith(row, BACKUPS_START);
  }

  static boolean isOfSegment(Row row) {
    return startsWith(row, SEGMENTS_START);
  }

  private static boolean startsWith(Row row, Bytes start) {
    byte[] partition = row.key().partition().array();
    return partition.length > start.sizeBytes()
        && Arrays.equals(partition, 0, start.sizeBytes(), start.array(), 0, start.sizeBytes());
  }

  private static Backup backup(Row row) {
    return BackupItem.backup(row.value());
  }

  private static Bytes backups(Object account, Object region) {
    return partition("backups", account, region);
  }

  private static Bytes segments(UUID chain) {
    return partition("segments", chain);
  }

  private static Bytes number(long number) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private static Bytes partition(Object... parts) {
    return KeyEncoding.encode(Stream.of(parts).map(BackupRows::text).toList());
  }

  private static AttributeValue text(Object value) {
    return new AttributeValue.S(value.toString());
  }
}
