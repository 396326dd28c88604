package org.ostraka.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.stream.Change;
import org.ostraka.model.StreamArn;
import org.ostraka.model.TableArn;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Position;

/** The changes of one shard that one reader has still to deliver, in their order. One thread. */
public interface ShardFeed {
  /** Returns the shard's id as DescribeStream shows it. */
  String shardId();

  TableArn table();

  /** Returns the ARN of the stream that shows the shard; empty when no stream does. */
  Optional<StreamArn> stream();

  /**
   * Returns the next changes, which follow those of the last call; none when none came in time, or
   * when the shard is at its end.
   *
   * @param maxRecords changes at most, 1 or more
   * @param maxBytes stored bytes of them at most; a change with more comes alone
   * @param wait how long to wait for the first change
   * @throws InterruptedException when delivery is to stop
   */
  List<Change> take(int maxRecords, long maxBytes, Duration wait) throws InterruptedException;

  /** Returns the next changes as the log of their table has them; see {@link #take}. */
  List<LogRecord> takeRecords(int maxRecords, long maxBytes, Duration wait)
      throws InterruptedException;

  /** Returns whether changes were removed before they were taken, and forgets it. */
  boolean takeLoss();

  /**
   * Stores durably that everything up to a position is delivered. After a restart the feed goes on
   * behind it.
   *
   * @param upTo the position of a change that was taken
   */
  void delivered(Position upTo);

  /** Returns whether the shard is closed and all of its changes were taken. */
  boolean isAtEnd();
}
