package org.ostraka.cli.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Brings the changes of the source to the target, in a thread for each shard: a shard begins when
 * its parent has ended, so the changes of an item stay in order. Any thread may wait for it; one
 * closes it.
 */
final class StreamTail implements AutoCloseable {
  private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(250);

  private final Following following;
  private final Instant begun;
  private final ExecutorService threads;
  private final Map<String, ShardReader> readers = new HashMap<>();
  private final CountDownLatch settled = new CountDownLatch(1);
  private final CountDownLatch broken = new CountDownLatch(1);
  private final AtomicReference<Optional<RuntimeException>> failure =
      new AtomicReference<>(Optional.empty());
  private volatile boolean isStopped;

  /**
   * Starts to follow the stream.
   *
   * @param begun now; when changes made after this arrive, the tail has caught up
   */
  StreamTail(Following following, ThreadFactory threads, Instant begun) {
    this.following = following;
    this.begun = begun;
    this.threads = Executors.newThreadPerTaskExecutor(threads);
    this.threads.execute(() -> guarded(this::rounds));
  }

  /** Returns when the target has all changes that were made before the tail began. */
  void awaitCaughtUp() {
    await(settled);
    failure.get().ifPresent(StreamTail::rethrow);
  }

  /** Follows the stream until this thread is interrupted or the tail fails. */
  void follow() {
    await(broken);
    failure.get().ifPresent(StreamTail::rethrow);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw Waits.stopped(stopped);
    }
  }

  private static void rethrow(RuntimeException failed) {
    throw failed;
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failed) {
      if (!isStopped) {
        var _ = failure.compareAndSet(Optional.empty(), Optional.of(failed));
      }
      isStopped = true;
      settled.countDown();
      broken.countDown();
    }
  }

  private void rounds() {
    while (!isStopped) {
      CopyState before = following.file().state();
      List<SourceStream.Shard> shards = following.stream().shards();
      Set<String> existing =
          shards.stream().map(SourceStream.Shard::id).collect(Collectors.toSet());
      refuseGaps(before, existing);
      following.file().change(state -> state.keeping(existing));
      shards.stream().filter(shard -> mayBegin(shard, before, existing)).forEach(this::begin);
      if (shards.stream().allMatch(shard -> isCaughtUp(shard.id(), before))) {
        settled.countDown();
      }
      Waits.rest(following.pause(), BETWEEN_ROUNDS);
    }
  }

  private static void refuseGaps(CopyState state, Set<String> existing) {
    state
        .shards()
        .forEach((id, position) -> {
          if (!position.isEnded() && !existing.contains(id)) {
            throw new CopyException(
                "the source's stream has lost the shard "
                    + id
                    + " before it was read to its end; delete the state file and copy anew");
          }
        });
  }

  private boolean mayBegin(SourceStream.Shard shard, CopyState state, Set<String> existing) {
    boolean isParentRead =
        shard
            .parent()
            .filter(existing::contains)
            .filter(parent -> !state.shard(parent).isEnded())
            .isEmpty();
    return isParentRead && !state.shard(shard.id()).isEnded() && !readers.containsKey(shard.id());
  }

  private boolean isCaughtUp(String shard, CopyState state) {
    return state.shard(shard).isEnded()
        || Optional.ofNullable(readers.get(shard)).filter(ShardReader::isCaughtUp).isPresent();
  }

  private void begin(SourceStream.Shard shard) {
    String id = shard.id();
    following.file().change(state -> state.reached(id, state.shard(id)));
    ShardReader reader = new ShardReader(following, id, begun, () -> isStopped);
    readers.put(id, reader);
    threads.execute(() -> guarded(reader::read));
  }

  /** Stops after the pages that are being written. */
  @Override
  public void close() {
    isStopped = true;
    threads.close();
    following.file().write();
  }
}
