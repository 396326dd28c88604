package org.ostraka.voting.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * A disk with a log: what waits while it syncs is synced together next (group commit). One thread.
 */
final class Disk {
  private final Events events;
  private final double syncSeconds;
  private List<Runnable> waiting = new ArrayList<>();
  private boolean isSyncing;

  Disk(Events events, double syncSeconds) {
    this.events = events;
    this.syncSeconds = syncSeconds;
  }

  /** Calls back when what was written before is durable. */
  void sync(Runnable durable) {
    waiting.add(durable);
    if (!isSyncing) {
      begin();
    }
  }

  private void begin() {
    isSyncing = true;
    List<Runnable> together = waiting;
    waiting = new ArrayList<>();
    events.after(
        syncSeconds,
        () -> {
          isSyncing = false;
          if (!waiting.isEmpty()) {
            begin();
          }
          together.forEach(Runnable::run);
        });
  }
}
