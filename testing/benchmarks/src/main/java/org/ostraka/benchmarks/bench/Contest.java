package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.ostraka.benchmarks.load.LoadFailedException;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.load.LoadResult;
import org.ostraka.benchmarks.load.LoadRun;

/** Runs load on entrants in turn, for several rounds. One thread. */
final class Contest {
  private static final Duration RAMP_UP = Duration.ofMillis(300);

  private final int rounds;
  private final SplittableRandom random;
  private final PrintStream progress;

  /** What is done before each turn of an entrant. */
  @FunctionalInterface
  interface Preparation {
    /** Nothing. */
    Preparation NONE = () -> {};

    /** Prepares the server. */
    void prepare() throws IOException;
  }

  /** A server under a certain load, with its name in tables. */
  record Entrant(String name, Target target, LoadPlan plan, Preparation before) {
    Entrant(String name, Target target, LoadPlan plan) {
      this(name, target, plan, Preparation.NONE);
    }
  }

  static Contest of(BenchOptions options, PrintStream progress) {
    return new Contest(options.rounds(), new SplittableRandom(options.seed()), progress);
  }

  private Contest(int rounds, SplittableRandom random, PrintStream progress) {
    this.rounds = rounds;
    this.random = random;
    this.progress = progress;
  }

  /**
   * Warms up each entrant, then gives each a turn in each round; returns all turns by name. Every
   * other round goes backwards, so that no entrant always follows the same one, nor comes last
   * while the machine or the data changes.
   */
  Map<String, List<Turn>> run(String title, List<Entrant> entrants, Duration warmUp)
      throws IOException {
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    for (Entrant entrant : entrants) {
      turns.put(entrant.name, new ArrayList<>());
      if (warmUp.isPositive()) {
        turn(entrant, warmUp);
      }
    }
    for (int round = 1; round <= rounds; round++) {
      for (Entrant entrant : round % 2 == 1 ? entrants : entrants.reversed()) {
        Turn turn = turn(entrant, entrant.plan.duration());
        turns.getOrDefault(entrant.name, new ArrayList<>()).add(turn);
      }
      progress.printf("%s: round %d of %d%n", title, round, rounds);
    }
    return turns;
  }

  private Turn turn(Entrant entrant, Duration duration) throws IOException {
    entrant.before.prepare();
    Usage usage = new Usage(entrant.target.facts());
    try {
      LoadResult result =
          LoadRun.run(entrant.plan.lasting(RAMP_UP, duration), random.split(), usage);
      return Turn.of(result, usage);
    } catch (LoadFailedException failure) {
      throw new LoadFailedException(entrant.name + ": " + failure.getMessage());
    }
  }
}
