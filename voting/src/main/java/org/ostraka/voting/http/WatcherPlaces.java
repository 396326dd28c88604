package org.ostraka.voting.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The places of those who watch results. Any thread.
 *
 * <p>A write to a client that does not read waits, for the ten minutes that an answer may take. So
 * a watcher that takes nothing for half a minute loses its place when another one needs it.
 */
final class WatcherPlaces {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int max;
  private final InstantSource clock;
  private final Set<Place> taken = new HashSet<>();

  WatcherPlaces(int max, InstantSource clock) {
    this.max = max;
    this.clock = clock;
  }

  /** Takes a place for the calling thread; empty when there is none. */
  synchronized Optional<Place> take() {
    if (taken.size() >= max) {
      Instant stuck = clock.instant().minus(PATIENCE);
      taken.stream().filter(place -> place.writesSince.isBefore(stuck)).forEach(Place::interrupt);
      return Optional.empty();
    }
    Place place = new Place();
    boolean _ = taken.add(place);
    return Optional.of(place);
  }

  /** The place of one watcher, to whom one thread writes. */
  final class Place implements AutoCloseable {
    private final Thread writer = Thread.currentThread();
    private Instant writesSince = Instant.MAX;
    private boolean isInterrupted;

    /** Writes a text and waits until the watcher, or the network, has taken it. */
    void write(OutputStream to, String text) throws IOException {
      writesSince(clock.instant());
      to.write(text.getBytes(StandardCharsets.UTF_8));
      to.flush();
      writesSince(Instant.MAX);
    }

    private void writesSince(Instant time) {
      synchronized (WatcherPlaces.this) {
        writesSince = time;
      }
    }

    /** Ends a write that waits: the interrupt closes its connection. */
    private void interrupt() {
      isInterrupted = true;
      writer.interrupt();
    }

    @Override
    public void close() {
      synchronized (WatcherPlaces.this) {
        boolean _ = taken.remove(this);
        if (isInterrupted) {
          // The thread goes on to its next request.
          boolean _ = Thread.interrupted();
        }
      }
    }
  }
}
