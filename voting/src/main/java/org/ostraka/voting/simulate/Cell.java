package org.ostraka.voting.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ostraka.voting.http.RetryAfter;

/**
 * A cell of the voting system: a database node in each of two regions, and voting servers. It has
 * elections of its own, so it shares nothing with other cells. One thread; the same seed gives the
 * same result.
 *
 * <p>A vote takes the way of the real one: a server's processor, the transaction and the sync at
 * home, the replication, looks for the copy with growing pauses, the receipt. An attempt that fails
 * comes again as the load's clients do it: after a pause that grows, and after as many seconds as
 * the servers ask for. A server's processor also works for a vote that is turned away.
 */
public final class Cell {
  private static final int PLACES_OF_A_SERVER = 200;
  private static final int MAX_ATTEMPTS = 60;
  private static final double FIRST_PAUSE = 0.05;
  private static final double LONGEST_PAUSE = 10;
  private static final double FIRST_LOOK = 0.002;
  private static final double LONGEST_LOOK = 0.1;
  private static final double PATIENCE = 5;

  /** Three attempts of the SDK at a region that refuses connections. */
  private static final double AWAY = 0.2;

  private final Events events = new Events();
  private final Times times;
  private final RandomGenerator random;
  private final Scenario scenario;
  private final Timeline timeline;
  private final List<Machine> databases = new ArrayList<>();
  private final List<Disk> disks = new ArrayList<>();
  private final List<List<Vote>> behind = List.of(new ArrayList<>(), new ArrayList<>());
  private final Machine servers;
  private final int places;
  private final double votesPerSecond;
  private final int seconds;
  private final int clients;
  private final RetryAfter retryAfter;
  private int inside;

  /**
   * How large a cell is. Immutable.
   *
   * @param cores of each database node
   * @param servers how many voting servers it has
   * @param serverCores of all voting servers together
   * @param isOneMachine whether all processes share the cores of one machine, as in a test
   */
  public record Size(int cores, int servers, int serverCores, boolean isOneMachine) {}

  private static final class Vote {
    private final double arrived;
    private final int home;
    private int attempts;
    private int storedIn = -1;
    private boolean isCopied;

    private Vote(double arrived, int home) {
      this.arrived = arrived;
      this.home = home;
    }
  }

  /** Makes a cell at which votes arrive by themselves. */
  public Cell(
      Size size,
      Times times,
      Scenario scenario,
      double votesPerSecond,
      int seconds,
      RandomGenerator random) {
    this(size, times, scenario, votesPerSecond, 0, seconds, random);
  }

  private Cell(
      Size size,
      Times times,
      Scenario scenario,
      double votesPerSecond,
      int clients,
      int seconds,
      RandomGenerator random) {
    this.clients = clients;
    this.times = times;
    this.scenario = scenario;
    this.votesPerSecond = votesPerSecond;
    this.seconds = seconds;
    this.random = random;
    this.timeline = new Timeline(seconds);
    this.retryAfter =
        new RetryAfter(() -> Instant.ofEpochMilli((long) (1_000 * events.now())), random);
    this.places = size.servers() * PLACES_OF_A_SERVER;
    Machine one = new Machine(events, size.cores());
    for (int region = 0; region < 2; region++) {
      databases.add(size.isOneMachine() ? one : new Machine(events, size.cores()));
      disks.add(new Disk(events, times.sync()));
    }
    this.servers = size.isOneMachine() ? one : new Machine(events, size.serverCores());
  }

  /** Makes a cell with clients, of which each sends its next vote when it has a receipt. */
  public static Cell closed(
      Size size, Times times, int clients, int seconds, RandomGenerator random) {
    return new Cell(size, times, Scenario.QUIET, 0, clients, seconds, random);
  }

  /** Runs to the end. */
  public Timeline run() {
    if (scenario.from() < seconds) {
      events.after(scenario.from(), databases.getFirst()::goDown);
    }
    if (scenario.until() < seconds) {
      events.after(scenario.until(), this::comeBack);
    }
    if (clients == 0) {
      arriveNext();
    }
    for (int client = 0; client < clients; client++) {
      arrive();
    }
    events.run(seconds);
    return timeline;
  }

  /** Returns the share of the time in which a core of a database node worked. */
  public double use(int region, int cores) {
    return databases.get(region).busySeconds() / cores / seconds;
  }

  private void comeBack() {
    databases.getFirst().comeBack();
    List<Vote> missing = List.copyOf(behind.getFirst());
    behind.getFirst().clear();
    missing.forEach(vote -> copy(vote, 0));
  }

  private void arriveNext() {
    events.after(
        exponential(1 / votesPerSecond),
        () -> {
          arrive();
          arriveNext();
        });
  }

  private void arrive() {
    timeline.arrive();
    attempt(new Vote(events.now(), random.nextInt(2)));
  }

  private void attempt(Vote vote) {
    vote.attempts++;
    if (inside >= places) {
      servers.run(exponential(times.turnAway()), () -> again(vote), () -> again(vote));
      return;
    }
    inside++;
    servers.run(exponential(times.server()), () -> store(vote), () -> fail(vote));
  }

  private boolean isMoved() {
    return events.now() >= scenario.moved();
  }

  private void store(Vote vote) {
    int home = isMoved() ? 1 : vote.home;
    Machine database = databases.get(home);
    if (!database.isUp()) {
      events.after(AWAY, () -> fail(vote));
      return;
    }
    database.run(
        exponential(times.cast()),
        () -> disks.get(home).sync(() -> stored(vote, home)),
        () -> fail(vote));
  }

  private void stored(Vote vote, int home) {
    if (vote.storedIn < 0) {
      vote.storedIn = home;
      events.after(times.between(), () -> copy(vote, 1 - home));
    }
    if (isMoved()) {
      receipt(vote);
    } else {
      look(vote, 1 - home, FIRST_LOOK, events.now() + PATIENCE);
    }
  }

  /** Brings a vote to the other region, or keeps it for the time when that is back. */
  private void copy(Vote vote, int to) {
    databases
        .get(to)
        .run(
            exponential(times.apply()),
            () -> disks.get(to).sync(() -> vote.isCopied = true),
            () -> behind.get(to).add(vote));
  }

  /** Looks whether the other region has the vote, with growing pauses. */
  private void look(Vote vote, int in, double pause, double deadline) {
    if (!databases.get(in).isUp() || events.now() > deadline) {
      events.after(AWAY, () -> fail(vote));
      return;
    }
    events.after(
        times.between(),
        () ->
            databases
                .get(in)
                .run(
                    exponential(times.read()),
                    () -> events.after(times.between(), () -> seen(vote, in, pause, deadline)),
                    () -> fail(vote)));
  }

  private void seen(Vote vote, int in, double pause, double deadline) {
    if (vote.isCopied) {
      receipt(vote);
    } else {
      double next = Math.min(2 * pause, LONGEST_LOOK);
      events.after(pause, () -> look(vote, in, next, deadline));
    }
  }

  private void receipt(Vote vote) {
    inside--;
    retryAfter.answered();
    timeline.receipt(events.now(), events.now() - vote.arrived);
    if (clients > 0) {
      arrive();
    }
  }

  private void fail(Vote vote) {
    inside--;
    again(vote);
  }

  private void again(Vote vote) {
    timeline.refuse();
    retryAfter.turnedAway();
    if (vote.attempts < MAX_ATTEMPTS) {
      double pause = FIRST_PAUSE * Math.pow(2, Math.min(vote.attempts - 1, 20));
      events.after(
          Math.max(Math.min(pause, LONGEST_PAUSE), retryAfter.seconds()), () -> attempt(vote));
    }
  }

  private double exponential(double mean) {
    return -Math.log(1 - random.nextDouble()) * mean;
  }
}
