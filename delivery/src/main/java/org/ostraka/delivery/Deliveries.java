package org.ostraka.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.lease.Duty;
import org.ostraka.engine.stream.UnreadShard;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the changes of tables to those who want them. Each shard of each reader has a thread of
 * its own, so a slow one delays no other one, and none delays a writer. Any thread.
 */
public final class Deliveries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  /** How long a shard rests after its delivery has failed unexpectedly. */
  private static final Duration REST = Duration.ofSeconds(5);

  private final Store store;
  private final Catalogue catalogue;
  private final LogHistories histories;
  private final LogReaders stored;
  private final List<Readers> kinds;
  private final ThreadFactory threads;
  private final Pause pause;
  private final Duration patience;
  private final Map<Key, Delivery> running = new HashMap<>();

  private boolean closed;

  /** The readers that were wanted last; empty before the first time. */
  private Optional<Set<Name>> lastWanted = Optional.empty();

  /** A reader of a table. */
  private record Name(TableArn table, String reader) {}

  /** One shard of one reader. */
  private record Key(TableArn table, String reader, Space shard) {}

  /** The delivery of one shard in a thread of its own. */
  private record Delivery(ShardConsumer consumer, Thread thread) {}

  /**
   * Makes deliveries, which begin with the first {@link #run}.
   *
   * @param kinds the readers by their kinds
   * @param threads makes the threads of the shards
   * @param patience how long stopping waits for a thread
   */
  public Deliveries(
      Store store,
      Catalogue catalogue,
      List<Readers> kinds,
      ThreadFactory threads,
      Pause pause,
      Duration patience) {
    this.store = store;
    this.catalogue = catalogue;
    this.histories = new LogHistories(store);
    this.stored = new LogReaders(store);
    this.kinds = List.copyOf(kinds);
    this.threads = threads;
    this.pause = pause;
    this.patience = patience;
  }

  /** Starts and stops threads as the readers and their shards are now. To be called regularly. */
  public synchronized void run() {
    if (closed) {
      return;
    }
    running.values().removeIf(delivery -> !delivery.thread().isAlive());
    Optional<List<Guard>> held = catalogue.hold(Duty.DELIVERY);
    if (held.isEmpty()) {
      stopAllBut(Set.of());
      return;
    }
    try {
      run(held.get());
    } catch (GuardMismatchException _) {
      // This server's term has ended: another server delivers now.
      stopAllBut(Set.of());
    }
  }

  private void run(List<Guard> guards) {
    List<WantedReader> wanted = new ArrayList<>();
    kinds.forEach(kind -> wanted.addAll(kind.wanted(guards)));
    Set<Key> goingOn = new HashSet<>();
    for (WantedReader reader : wanted) {
      goingOn.addAll(start(reader, guards));
    }
    stopAllBut(goingOn);
    removeUnwanted(wanted, guards);
  }

  /** Starts what does not run yet of a reader, and returns all that shall run. */
  private Set<Key> start(WantedReader wanted, List<Guard> guards) {
    // First the history: the loss of a shard that it does not have any more is noted in the reader.
    LogHistory history = histories.of(wanted.table());
    LogReader reader =
        stored.begin(wanted.table(), wanted.name(), wanted.streamsOnly(), wanted.start(), guards);
    Set<Key> keys = new HashSet<>();
    for (LogHistory.Shard shard : reader.readable(history)) {
      Key key = new Key(wanted.table(), wanted.name(), shard.space());
      keys.add(key);
      Delivery present = running.get(key);
      if (present != null && !present.consumer().equals(wanted.consumer())) {
        stop(key, present);
      }
      // One that does not stop in time still delivers: two at once would mix up the order.
      if (!running.containsKey(key)) {
        UnreadShard unread = new UnreadShard(store, histories, reader, history, shard);
        Thread thread = threads.newThread(() -> deliver(unread, wanted));
        running.put(key, new Delivery(wanted.consumer(), thread));
        thread.start();
      }
    }
    return keys;
  }

  private void deliver(UnreadShard unread, WantedReader wanted) {
    StoredFeed feed = new StoredFeed(unread, wanted.name(), pause, this::guards);
    try {
      wanted.consumer().consume(feed);
      if (unread.isAtEnd()) {
        unread.finished(guards());
      }
    } catch (InterruptedException _) {
      // Delivery is to stop. The cursor says where it goes on.
    } catch (GuardMismatchException | NotHereException _) {
      LOG.info("another server delivers the changes of {} now", wanted.table());
    } catch (StorageException failed) {
      LOG.warn("{} of {} will go on later: {}", wanted.name(), wanted.table(), failed.getMessage());
      rest();
    } catch (RuntimeException | Error broken) {
      LOG.error("{} of {} failed and will go on later", wanted.name(), wanted.table(), broken);
      rest();
    }
  }

  private void rest() {
    try {
      pause.sleep(REST);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Guard> guards() {
    return catalogue.hold(Duty.DELIVERY).orElseThrow(NotHereException::new);
  }

  /** Removes stored readers that nobody wants any more, if others are wanted than last time. */
  private void removeUnwanted(List<WantedReader> wanted, List<Guard> guards) {
    Set<Name> names = new HashSet<>();
    wanted.forEach(reader -> names.add(new Name(reader.table(), reader.name())));
    if (Optional.of(names).equals(lastWanted)) {
      return;
    }
    for (LogReader reader : stored.all()) {
      boolean known = kinds.stream().anyMatch(kind -> kind.isOne(reader));
      if (known && !names.contains(new Name(reader.table(), reader.name()))) {
        stored.remove(reader.table(), reader.name(), guards);
        LOG.info("{} no longer reads the changes of {}", reader.name(), reader.table());
      }
    }
    lastWanted = Optional.of(names);
  }

  private void stopAllBut(Set<Key> goingOn) {
    for (Map.Entry<Key, Delivery> each : Map.copyOf(running).entrySet()) {
      if (!goingOn.contains(each.getKey())) {
        stop(each.getKey(), each.getValue());
      }
    }
  }

  private void stop(Key key, Delivery delivery) {
    delivery.thread().interrupt();
    try {
      // A shard that is at its end may be storing that.
      if (delivery.thread().join(patience)) {
        running.remove(key);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops all deliveries. What was delivered is stored. */
  @Override
  public synchronized void close() {
    closed = true;
    running.values().forEach(delivery -> delivery.thread().interrupt());
    stopAllBut(Set.of());
  }

  /** Deliveries are no longer this server's duty. */
  private static final class NotHereException extends RuntimeException {}
}
