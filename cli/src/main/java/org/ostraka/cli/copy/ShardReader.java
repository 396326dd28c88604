package org.ostraka.cli.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ostraka.delivery.json.JsonValue;

/** Reads one shard to its end, and has its changes written. One thread reads; any may ask. */
final class ShardReader {
  /** AWS allows five reads of a shard in a second. */
  private static final Duration BETWEEN_EMPTY_PAGES = Duration.ofMillis(200);

  /** So many empty pages in a row say that there is nothing more: one may be empty by chance. */
  private static final int EMPTY_PAGES = 5;

  private final Following following;
  private final String shard;
  private final Instant begun;
  private final BooleanSupplier isStopped;
  private int emptyPages;
  private volatile boolean isCaughtUp;

  /**
   * Makes a reader.
   *
   * @param begun when changes made after this arrive, the reader has caught up
   */
  ShardReader(Following following, String shard, Instant begun, BooleanSupplier isStopped) {
    this.following = following;
    this.shard = shard;
    this.begun = begun;
    this.isStopped = isStopped;
  }

  /** Returns whether all changes before the tail began are at the target. */
  boolean isCaughtUp() {
    return isCaughtUp;
  }

  /** Returns at the end of the shard, or when it is told to stop. */
  void read() {
    Optional<String> iterator = Optional.empty();
    while (!isStopped.getAsBoolean()) {
      String from = iterator.orElseGet(() -> following.iterator(shard));
      Optional<SourceStream.Page> page = following.stream().records(from);
      if (page.isEmpty()) {
        iterator = Optional.empty();
        continue;
      }
      apply(page.get().records());
      iterator = page.get().next();
      if (iterator.isEmpty()) {
        following.reached(shard, ShardPosition.ENDED);
        return;
      }
    }
  }

  private void apply(List<JsonValue> records) {
    if (records.isEmpty()) {
      emptyPages++;
      if (emptyPages >= EMPTY_PAGES) {
        isCaughtUp = true;
      }
      Waits.rest(following.pause(), BETWEEN_EMPTY_PAGES);
      return;
    }
    emptyPages = 0;
    following.apply(records);
    JsonValue last = records.getLast();
    following.reached(shard, new ShardPosition(ChangeWriter.sequenceNumber(last), false));
    if (ChangeWriter.created(last).filter(moment -> !moment.isBefore(begun)).isPresent()) {
      isCaughtUp = true;
    }
  }
}
