package org.ostraka.delivery.region;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ostraka.delivery.ShardFeed;
import org.ostraka.engine.catalogue.RegionOrigin;
import org.ostraka.engine.change.ChangeRecord;
import org.ostraka.engine.stream.Change;
import org.ostraka.model.Bytes;
import org.ostraka.model.Principal;
import org.ostraka.model.StreamArn;
import org.ostraka.model.TableArn;
import org.ostraka.storage.DecisionId;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;

/**
 * A shard that ends, with changes of a few items whose stamps are their positions. Its cursor
 * outlives its readers. Any thread.
 */
final class RecordFeed implements ShardFeed {
  static final TableArn TABLE =
      TableArn.parse("arn:aws:dynamodb:us-east-1:000000000000:table/votes").orElseThrow();

  /** So few that changes of one item are in several batches that are under way. */
  private static final int KEYS = 7;

  private static final int PAGE = 10;

  private final Set<Long> arrived;
  private final List<LogRecord> records = new ArrayList<>();
  private int next;
  private int cursor;
  private boolean tooFar;

  /**
   * Makes a feed.
   *
   * @param arrived the positions of the changes that the other region has
   */
  RecordFeed(Set<Long> arrived, int count) {
    this.arrived = arrived;
    for (int i = 1; i <= count; i++) {
      Bytes value =
          new ChangeRecord(
                  TABLE,
                  Principal.Service.REPLICATION,
                  ChangeRecord.Kind.MODIFY,
                  key(i),
                  Optional.empty(),
                  Optional.of(key(i)))
              .encoded();
      Version version = new Version(new Stamp(i), RegionOrigin.of(TABLE.owner().region()));
      records.add(
          new LogRecord(
              new Position(i), new DecisionId(i), version.stamp(), version, false, value));
    }
  }

  private static Bytes key(int number) {
    return Bytes.wrap(new byte[] {(byte) (number % KEYS)});
  }

  /** Returns the version of the last change of an item. */
  synchronized Version newest(Bytes key) {
    return records.stream()
        .filter(record -> ChangeRecord.of(record.value()).key().equals(key))
        .map(LogRecord::version)
        .max(Version::compareTo)
        .orElseThrow();
  }

  /** Begins again behind what was delivered. */
  synchronized void restart() {
    next = cursor;
  }

  synchronized int cursor() {
    return cursor;
  }

  /** Returns how many changes were taken. */
  synchronized int taken() {
    return next;
  }

  /** Returns whether the cursor was ever behind a change that had not arrived. */
  synchronized boolean isCursorTooFar() {
    return tooFar;
  }

  @Override
  public String shardId() {
    return "shard";
  }

  @Override
  public TableArn table() {
    return TABLE;
  }

  @Override
  public Optional<StreamArn> stream() {
    return Optional.empty();
  }

  @Override
  public List<Change> take(int maxRecords, long maxBytes, Duration wait) {
    throw new UnsupportedOperationException("replication takes records");
  }

  @Override
  public synchronized List<LogRecord> takeRecords(int maxRecords, long maxBytes, Duration wait) {
    List<LogRecord> page =
        List.copyOf(records.subList(next, Math.min(next + PAGE, records.size())));
    next += page.size();
    return page;
  }

  @Override
  public boolean takeLoss() {
    return false;
  }

  @Override
  public synchronized void delivered(Position upTo) {
    cursor = Math.toIntExact(upTo.value());
    tooFar |=
        records.stream().limit(cursor).anyMatch(each -> !arrived.contains(each.position().value()));
  }

  @Override
  public synchronized boolean isAtEnd() {
    return next == records.size();
  }
}
