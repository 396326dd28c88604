package org.ostraka.engine.stream;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.model.StreamArn;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Guard;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.LogTrimmedException;
import org.ostraka.storage.Position;
import org.ostraka.storage.Store;

/** What one reader has still to read of one shard. One thread at a time. */
public final class UnreadShard {
  private final Store store;
  private final LogReaders readers;
  private final LogHistories histories;
  private final LogReader reader;
  private final LogHistory.Shard shard;
  private final StreamRecords records;
  private Position after;
  private boolean atEnd;
  private boolean lost;
  private boolean toldOfLostShard;

  /**
   * Begins after what was delivered.
   *
   * @param histories is shared by all shards, since it keeps the histories that it has decoded
   * @param reader the reader as it is stored
   * @param history the history that has the shard
   */
  public UnreadShard(
      Store store,
      LogHistories histories,
      LogReader reader,
      LogHistory history,
      LogHistory.Shard shard) {
    this.store = store;
    this.readers = new LogReaders(store);
    this.histories = histories;
    this.reader = reader;
    this.shard = shard;
    this.records = new StreamRecords(shard.space(), viewType(reader, history, shard));
    this.after = reader.cursor(shard.space());
    this.lost = reader.losses().areUntold();
  }

  /** A reader of a stream sees what the stream shows; others see both images. */
  private static StreamViewType viewType(
      LogReader reader, LogHistory history, LogHistory.Shard shard) {
    return Optional.of(reader)
        .filter(LogReader::streamsOnly)
        .flatMap(_ -> shard.stream())
        .flatMap(history::stream)
        .map(LogHistory.Stream::viewType)
        .orElse(StreamViewType.NEW_AND_OLD_IMAGES);
  }

  public TableArn table() {
    return reader.table();
  }

  /** Returns the shard's id as DescribeStream shows it. */
  public String id() {
    return StreamView.id(shard.log());
  }

  /** Returns the ARN of the stream that shows the shard; empty when no stream does. */
  public Optional<StreamArn> stream() {
    return shard.stream().map(label -> new StreamArn(reader.table(), label));
  }

  /**
   * Returns the next changes; none when there are no more at present.
   *
   * @param maxRecords changes at most, 1 to {@link Store#MAX_LOG_PAGE}
   * @param maxBytes stored bytes of them at most; a change with more comes alone
   */
  public List<Change> next(int maxRecords, long maxBytes) {
    return nextRecords(maxRecords, maxBytes).stream()
        .map(record -> new Change(record.position(), records.of(record)))
        .toList();
  }

  /** Returns the next changes as the log has them; see {@link #next}. */
  public List<LogRecord> nextRecords(int maxRecords, long maxBytes) {
    // First the history, then the records: a shard that is closed here gets no further records.
    boolean closed = isClosed();
    LogPage page = page(maxRecords, maxBytes);
    after = page.next();
    atEnd = closed && after.compareTo(store.newest(shard.id())) >= 0;
    return page.records();
  }

  private LogPage page(int maxRecords, long maxBytes) {
    try {
      return store.readLog(shard.id(), after, maxRecords, maxBytes);
    } catch (LogTrimmedException _) {
      lost = true;
      after = store.oldest(shard.id());
      return store.readLog(shard.id(), after, maxRecords, maxBytes);
    }
  }

  /** A shard that was dropped has ended too. */
  private boolean isClosed() {
    return histories.of(reader.table()).shards().stream()
        .filter(each -> each.space().equals(shard.space()))
        .allMatch(each -> each.closed().isPresent());
  }

  /** Returns whether the shard is closed and all of its changes have been returned. */
  public boolean isAtEnd() {
    return atEnd;
  }

  /** Returns whether changes were removed before they were read, and forgets it. */
  public boolean takeLoss() {
    boolean was = lost;
    lost = false;
    toldOfLostShard |= was && reader.losses().areUntold();
    return was;
  }

  /** A loss is forgotten with the first delivery after it was told: until then it is told again. */
  private LogReader told(LogReader stored) {
    return toldOfLostShard ? stored.with(stored.losses().told(reader.losses())) : stored;
  }

  /**
   * Stores durably that everything up to a position is delivered.
   *
   * @param guards the guards of deliveries
   */
  public void delivered(Position upTo, List<Guard> guards) {
    readers.change(
        reader.table(),
        reader.name(),
        guards,
        stored -> told(stored).delivered(shard.space(), upTo));
  }

  /**
   * Stores durably that the whole shard is delivered.
   *
   * @param guards the guards of deliveries
   */
  public void finished(List<Guard> guards) {
    LogHistory history = histories.of(reader.table());
    readers.change(
        reader.table(),
        reader.name(),
        guards,
        stored -> told(stored).finished(shard.space()).within(history));
  }
}
