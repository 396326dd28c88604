package org.ostraka.voting.simulate;

import java.util.PriorityQueue;

/**
 * What is going to happen, in the order of time; at the same time in the order of entry. One
 * thread.
 */
final class Events {
  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private double now;
  private long entered;

  private record Event(double time, long number, Runnable happens) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Double.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /** Returns the time in seconds. */
  double now() {
    return now;
  }

  /** Enters what happens after some seconds. */
  void after(double seconds, Runnable happens) {
    queue.add(new Event(now + seconds, entered++, happens));
  }

  /** Lets everything happen until an end. */
  void run(double end) {
    while (!queue.isEmpty() && queue.peek().time() <= end) {
      Event next = queue.remove();
      now = next.time();
      next.happens().run();
    }
    now = end;
  }
}
