package org.ostraka.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.stream.Change;
import org.ostraka.model.AccountId;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.model.StreamArn;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;
import org.ostraka.model.operation.GetRecords;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;

/**
 * A feed of a shard that a list has. Its cursor outlives its readers, as that of a real feed does:
 * {@link #restart} begins behind it. Any thread.
 */
public final class ListFeed implements ShardFeed {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final TableArn TABLE =
      new TableArn(
          new Owner(new AccountId("123456789012"), new Region("eu-west-1")),
          new TableName("orders"));
  public static final StreamArn STREAM = new StreamArn(TABLE, "2026-01-01T00:00:00.000");

  private final List<Change> changes = new ArrayList<>();
  private int next;
  private int cursor;
  private boolean closed;

  /** Adds a change of an item; it is made at {@link #START} plus its number in seconds. */
  public synchronized ListFeed add(String id, String value) {
    return add(id, value, START.plusSeconds(changes.size()));
  }

  public synchronized ListFeed add(String id, String value, Instant created) {
    int number = changes.size() + 1;
    Item key = new Item(Map.of("id", new AttributeValue.S(id)));
    Item after =
        new Item(Map.of("id", new AttributeValue.S(id), "value", new AttributeValue.S(value)));
    changes.add(
        new Change(
            new Position(number),
            new GetRecords.StreamRecord(
                "%032x".formatted(number),
                GetRecords.EventName.INSERT,
                TABLE.owner().region(),
                Optional.empty(),
                created,
                key,
                Optional.empty(),
                Optional.of(after),
                sequenceNumber(number),
                key.sizeBytes() + after.sizeBytes(),
                StreamViewType.NEW_AND_OLD_IMAGES)));
    notifyAll();
    return this;
  }

  /** Adds changes of items of their own, whose ids and values are their numbers from 1. */
  public ListFeed addNumbers(int count) {
    for (int i = 1; i <= count; i++) {
      add(Integer.toString(i), Integer.toString(i));
    }
    return this;
  }

  /** Closes the shard. */
  public synchronized ListFeed close() {
    closed = true;
    notifyAll();
    return this;
  }

  /** Begins again behind what was delivered. */
  public synchronized void restart() {
    next = cursor;
  }

  /** Returns how many changes are delivered from the start. */
  public synchronized int cursor() {
    return cursor;
  }

  /** Waits until so many changes are delivered. */
  public synchronized void awaitCursor(int delivered) throws InterruptedException {
    while (cursor < delivered) {
      wait();
    }
  }

  /** Returns the sequence number of a change, which are numbered from 1. */
  public static String sequenceNumber(int number) {
    return "1%020d".formatted(number);
  }

  @Override
  public String shardId() {
    return "shardId-00000000000000000001-00000001";
  }

  @Override
  public TableArn table() {
    return TABLE;
  }

  @Override
  public Optional<StreamArn> stream() {
    return Optional.of(STREAM);
  }

  @Override
  public List<LogRecord> takeRecords(int maxRecords, long maxBytes, Duration wait) {
    throw new UnsupportedOperationException("the feed has no log");
  }

  @Override
  public boolean takeLoss() {
    return false;
  }

  @Override
  public synchronized List<Change> take(int maxRecords, long maxBytes, Duration wait)
      throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    long left = wait.toMillis();
    while (next == changes.size() && !closed && left > 0) {
      wait(left);
      left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    }
    List<Change> taken =
        List.copyOf(changes.subList(next, Math.min(changes.size(), next + maxRecords)));
    next += taken.size();
    return taken;
  }

  @Override
  public synchronized void delivered(Position upTo) {
    if (upTo.value() < cursor || upTo.value() > next) {
      throw new IllegalArgumentException(upTo + " was not taken, or is before " + cursor);
    }
    cursor = Math.toIntExact(upTo.value());
    notifyAll();
  }

  @Override
  public synchronized boolean isAtEnd() {
    return closed && next == changes.size();
  }
}
