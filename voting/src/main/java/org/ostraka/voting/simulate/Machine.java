package org.ostraka.voting.simulate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** Cores that do jobs in the order of their arrival. One thread. */
final class Machine {
  private final Events events;
  private final Queue<Job> waiting = new ArrayDeque<>();
  private final Set<Job> running = new LinkedHashSet<>();
  private final int cores;
  private boolean isUp = true;
  private double busySeconds;

  private static final class Job {
    private final double seconds;
    private final Runnable done;
    private final Runnable lost;

    private Job(double seconds, Runnable done, Runnable lost) {
      this.seconds = seconds;
      this.done = done;
      this.lost = lost;
    }
  }

  Machine(Events events, int cores) {
    this.events = events;
    this.cores = cores;
  }

  boolean isUp() {
    return isUp;
  }

  /** Returns how many seconds all cores worked together. */
  double busySeconds() {
    return busySeconds;
  }

  /** Does a job of some seconds on one core; a machine that is or goes down loses it. */
  void run(double seconds, Runnable done, Runnable lost) {
    Job job = new Job(seconds, done, lost);
    if (!isUp) {
      lost.run();
    } else if (running.size() < cores) {
      start(job);
    } else {
      waiting.add(job);
    }
  }

  private void start(Job job) {
    running.add(job);
    events.after(job.seconds, () -> end(job));
  }

  private void end(Job job) {
    if (running.remove(job)) {
      busySeconds += job.seconds;
      if (!waiting.isEmpty()) {
        start(waiting.remove());
      }
      job.done.run();
    }
  }

  /** Loses all jobs, those that run and those that wait. */
  void goDown() {
    isUp = false;
    List<Job> lost = new ArrayList<>(running);
    lost.addAll(waiting);
    running.clear();
    waiting.clear();
    lost.forEach(job -> job.lost.run());
  }

  void comeBack() {
    isUp = true;
  }
}
