package org.ostraka.engine.stream;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.ChangeLog;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.catalogue.LogShard;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableSize;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;

/**
 * Replaces shards with child shards when they have taken changes for long enough, splits them when
 * their table grows, and removes records, shards and streams that can no longer be read. Any
 * thread.
 */
public final class ShardMaintenance {
  /** The bytes that are read at once to find what has expired. */
  private static final long PAGE_BYTES = 4 << 20;

  private final Store store;
  private final Catalogue catalogue;
  private final LogHistories histories;
  private final LogReaders readers;
  private final Clock clock;
  private final StreamSettings settings;

  public ShardMaintenance(Store store, Catalogue catalogue, Clock clock, StreamSettings settings) {
    this.store = store;
    this.catalogue = catalogue;
    this.histories = new LogHistories(store);
    this.readers = new LogReaders(store);
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Does what is due, if maintenance is this server's duty. The failure of a table does not stop
   * the others; the first failure is thrown at the end.
   */
  public void maintain() {
    Optional<StorageException> failure = Optional.empty();
    for (LogHistories.OfTable each : histories.all()) {
      Optional<List<Guard>> held = catalogue.hold(Duty.MAINTENANCE);
      if (held.isEmpty()) {
        break;
      }
      try {
        replaceOldShards(each.arn(), each.history());
        expire(each.arn(), each.history(), held.get());
      } catch (GuardMismatchException _) {
        // This server's term has ended: another server has the duty now.
        break;
      } catch (StorageException failed) {
        failure = failure.or(() -> Optional.of(failed));
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** Replaces the open shards with child shards, if that is due. */
  private void replaceOldShards(TableArn arn, LogHistory history) {
    if (history.shards().stream().allMatch(shard -> shard.closed().isPresent())) {
      return;
    }
    Optional<OpenTable> table = catalogue.describe(arn);
    TableSize size = table.map(OpenTable::size).orElse(TableSize.EMPTY);
    Instant now = clock.instant();
    boolean due =
        table
            .flatMap(OpenTable::current)
            .flatMap(record -> children(record, size, now))
            .isPresent();
    if (!due) {
      return;
    }
    try {
      var _ =
          catalogue.changeWithSpace(
              Principal.Service.SERVER, arn, record -> withChildren(record, size, now));
    } catch (ResourceNotFoundException _) {
      // The table was deleted meanwhile, and its shards were closed.
    }
  }

  private Function<Space, TableRecord> withChildren(
      TableRecord record, TableSize size, Instant now) {
    Optional<List<Long>> firsts = children(record, size, now);
    return space ->
        firsts.map(each -> StreamChange.withShards(record, space, each, now)).orElse(record);
  }

  /** Returns the lowest hashes of the child shards; empty when no shard is to be replaced. */
  private Optional<List<Long>> children(TableRecord record, TableSize size, Instant now) {
    TableStatus status = record.description().status();
    Optional<ChangeLog> log = record.spaces().changes();
    if (log.isEmpty() || status == TableStatus.CREATING || status == TableStatus.DELETING) {
      return Optional.empty();
    }
    List<LogShard> shards = log.get().shards();
    if (shards.size() < Partitions.of(record.description(), size, settings)) {
      return Optional.of(log.get().halves());
    }
    boolean old =
        shards.stream()
            .anyMatch(shard -> !now.isBefore(shard.opened().plus(settings.shardLifetime())));
    return old ? Optional.of(log.get().firsts()) : Optional.empty();
  }

  /** Removes what can no longer be read. */
  private void expire(TableArn arn, LogHistory history, List<Guard> guards) {
    Instant now = clock.instant();
    Instant horizon = now.minus(StreamView.RETENTION);
    Instant bound = now.minus(settings.readerRetention());
    List<LogReader> present = readers.of(arn);
    Set<Space> dropped = new HashSet<>();
    for (LogHistory.Shard shard : history.shards()) {
      Optional<Position> needed = firstNeeded(present, shard);
      if (isBefore(shard.closed(), needed.isPresent() ? bound : horizon)) {
        tellOfLoss(present, shard, guards);
        store.drop(shard.space());
        dropped.add(shard.space());
      } else {
        trim(
            shard.id(),
            record ->
                isExpired(record, bound) || (isExpired(record, horizon) && isRead(record, needed)));
      }
    }
    Set<String> forgotten = forgotten(history, dropped, horizon);
    if (!dropped.isEmpty() || !forgotten.isEmpty()) {
      histories.change(arn, guards, stored -> stored.without(dropped, forgotten));
    }
  }

  /**
   * Notes in the readers of a shard, before it is removed, that they lose what they have not read.
   */
  private void tellOfLoss(List<LogReader> present, LogHistory.Shard shard, List<Guard> guards) {
    Position newest = store.newest(shard.id());
    for (LogReader reader : present) {
      if (reader.needs(shard) && newest.compareTo(reader.cursor(shard.space())) > 0) {
        readers.change(
            reader.table(), reader.name(), guards, stored -> stored.with(stored.losses().more()));
      }
    }
  }

  /** Returns the streams that can no longer be read and have no shards any more. */
  private static Set<String> forgotten(LogHistory history, Set<Space> dropped, Instant horizon) {
    return history.streams().stream()
        .filter(stream ->
            isBefore(stream.disabled(), horizon)
                && history.shardsOf(stream).stream()
                    .allMatch(shard -> dropped.contains(shard.space())))
        .map(LogHistory.Stream::label)
        .collect(Collectors.toSet());
  }

  /**
   * Returns the position after which the slowest reader of a shard goes on; empty when no reader
   * needs the shard.
   */
  private static Optional<Position> firstNeeded(List<LogReader> present, LogHistory.Shard shard) {
    return present.stream()
        .filter(reader -> reader.needs(shard))
        .map(reader -> reader.cursor(shard.space()))
        .min(Comparator.naturalOrder());
  }

  private static boolean isRead(LogRecord record, Optional<Position> needed) {
    return needed.filter(cursor -> record.position().compareTo(cursor) > 0).isEmpty();
  }

  private static boolean isBefore(Optional<Instant> ended, Instant horizon) {
    return ended.filter(end -> !end.isAfter(horizon)).isPresent();
  }

  /** Removes the first records of a log as long as they can go. */
  private void trim(LogId log, Predicate<LogRecord> canGo) {
    Position after = store.oldest(log);
    LogPage page = store.readLog(log, after, 1, 1);
    while (!page.records().isEmpty() && canGo.test(page.records().getFirst())) {
      page = store.readLog(log, after, Store.MAX_LOG_PAGE, PAGE_BYTES);
      for (LogRecord record : page.records()) {
        if (canGo.test(record)) {
          after = record.position();
        }
      }
      store.trim(log, after);
      page = store.readLog(log, after, 1, 1);
    }
  }

  private static boolean isExpired(LogRecord record, Instant horizon) {
    return !record.stamp().moment().isAfter(horizon);
  }
}
