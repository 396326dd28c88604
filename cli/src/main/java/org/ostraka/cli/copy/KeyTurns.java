package org.ostraka.cli.copy;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** Lets several threads work on keys, each key being worked on by one of them. Any thread. */
final class KeyTurns {
  private final Set<Digest> taken = new HashSet<>();

  /** Does something with keys when nobody else is working on any of them. */
  void run(Set<Digest> keys, Runnable work) {
    take(keys);
    try {
      work.run();
    } finally {
      release(keys);
    }
  }

  /** Takes all keys at once, so that no two threads wait for each other. */
  private synchronized void take(Set<Digest> keys) {
    while (!Collections.disjoint(taken, keys)) {
      try {
        wait();
      } catch (InterruptedException stopped) {
        throw Waits.stopped(stopped);
      }
    }
    taken.addAll(keys);
  }

  private synchronized void release(Set<Digest> keys) {
    keys.forEach(taken::remove);
    notifyAll();
  }
}
