package org.ostraka.voting.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The simulator beside what is known without it. */
final class SimulationTest {
  private static final Times TIMES = new Times(0.001, 0.0001, 0.002, 0.001, 0.0005, 0.002, 0.01);
  private static final Cell.Size SIZE = new Cell.Size(2, 4, 2, false);
  private static final int SECONDS = 90;
  private static final double VOTES = 300;

  @Test
  void jobsWaitAsLongAsErlangSays() {
    Events events = new Events();
    Machine machine = new Machine(events, 4);
    RandomGenerator random = random();
    double[] sum = new double[2];
    arrive(events, machine, random, sum);
    events.run(50_000);
    // M/M/4 with 3 of 4 cores in use: Erlang's C is 0.5094, so the mean wait is 0.5094 / (4 - 3).
    assertThat(sum[1] / sum[0]).isCloseTo(1 + 0.5094, within(0.05));
    assertThat(machine.busySeconds() / 4 / 50_000).isCloseTo(0.75, within(0.01));
  }

  /** Three jobs a second, of a second each in the mean. */
  private static void arrive(Events events, Machine machine, RandomGenerator random, double[] sum) {
    double from = events.now();
    machine.run(
        exponential(random, 1),
        () -> {
          sum[0]++;
          sum[1] += events.now() - from;
        },
        () -> {});
    events.after(exponential(random, 1.0 / 3), () -> arrive(events, machine, random, sum));
  }

  private static double exponential(RandomGenerator random, double mean) {
    return -Math.log(1 - random.nextDouble()) * mean;
  }

  @Test
  void whatWaitsForASyncSharesTheNextOne() {
    Events events = new Events();
    Disk disk = new Disk(events, 1);
    List<Double> durable = new ArrayList<>();
    for (double at : new double[] {0, 0.1, 0.9, 1.5}) {
      events.after(at, () -> disk.sync(() -> durable.add(events.now())));
    }
    events.run(10);
    assertThat(durable).containsExactly(1.0, 2.0, 2.0, 3.0);
  }

  @Test
  void theSameSeedGivesTheSameResult() {
    Timeline one = run(Scenario.QUIET);
    Timeline two = run(Scenario.QUIET);
    assertThat(one.receipts()).isEqualTo(two.receipts());
    assertThat(one.percentileMillis(0.99)).isEqualTo(two.percentileMillis(0.99));
    assertThat(LongStream.of(one.receipts()).sum())
        .isCloseTo((long) (VOTES * SECONDS), within(700L));
  }

  @Test
  void aVoteTakesAtLeastTheWayToTheOtherRegionAndBack() {
    assertThat(run(Scenario.QUIET).percentileMillis(0.001)).isGreaterThan(20);
    assertThat(run(Scenario.QUIET).percentileMillis(0.5)).isBetween(24.0, 80.0);
  }

  @Test
  void nobodyGetsAReceiptWhileOneOfTwoCopiesIsAwayAndAllDoAfterwards() {
    Timeline lost = run(Scenario.replaced("lost", 20, 15));
    long[] receipts = lost.receipts();
    assertThat(LongStream.of(receipts).skip(22).limit(12).sum()).isZero();
    assertThat(LongStream.of(receipts).skip(35).limit(25).max().orElse(0))
        .as("those who waited come together")
        .isGreaterThan((long) (1.2 * VOTES));
    assertThat(lost.arrived() - lost.given()).as("on their way at the end").isLessThan(200);
    assertThat(lost.percentileMillis(0.99)).isGreaterThan(10_000);
  }

  /**
   * 18,000 voters wait after a minute. If each came back every ten seconds, turning them away would
   * take 3.6 processors of the two that there are.
   */
  @Test
  void thoseWhoAreTurnedAwayComeRarelyEnoughForTheOthersToBeServed() {
    Times costly = new Times(0.001, 0.002, 0.002, 0.001, 0.0005, 0.002, 0.01);
    Scenario lost = Scenario.replaced("lost", 20, 60);
    Timeline timeline = new Cell(SIZE, costly, lost, VOTES, 300, random()).run();
    assertThat(timeline.arrived() - timeline.given()).as("on their way").isLessThan(600);
  }

  @Test
  void aRegionThatIsLostForGoodIsReplacedByTheOther() {
    Timeline moved = run(Scenario.moved("lost", 20, 30));
    long[] receipts = moved.receipts();
    assertThat(LongStream.of(receipts).skip(22).limit(27).sum()).isZero();
    assertThat(LongStream.of(receipts).skip(80).limit(5).min().orElse(0)).isGreaterThan(200);
  }

  @Test
  void aLoadAboveTheLimitIsNotServed() {
    double limit = 2 / TIMES.ofNode();
    Timeline above = new Cell(SIZE, TIMES, Scenario.QUIET, 1.5 * limit, 20, random()).run();
    assertThat(above.given() / 20.0).isBetween(0.3 * limit, 1.1 * limit);
    assertThat(above.arrived()).isGreaterThan(above.given() + 1_000);
  }

  @Test
  void theWritesOfHalfAMillionVotesASecondCostWhatTheSeedsSay() {
    Sizing sizing = new Sizing(500_000, TIMES, 1_000, 500);
    assertThat(sizing.dollarsOfDynamoDb()).isEqualTo(4_500);
    assertThat(sizing.votesOfCell() * TIMES.ofNode() / Sizing.CORES)
        .isCloseTo(Sizing.USE, within(1e-9));
    assertThat(sizing.cells() * sizing.votesOfCell()).isBetween(500_000.0, 504_000.0);
  }

  @Test
  void aChartShowsEachLineAndEscapesItsTexts() {
    Chart.Line line =
        new Chart.Line("a < b", List.of(new Chart.Point(0, 0), new Chart.Point(9, 7)));
    String svg = new Chart("t & u", "x", "y", List.of(line, line)).svg();
    assertThat(svg.split("<polyline", -1)).hasSize(3);
    assertThat(svg).contains("a &lt; b", "t &amp; u").doesNotContain("NaN");
    // 9 of 10 across, 7 of 8 upwards.
    assertThat(svg).contains("points=\"80.0,290.0 674.0,80.0\"");
  }

  private static Timeline run(Scenario scenario) {
    return new Cell(SIZE, TIMES, scenario, VOTES, SECONDS, random()).run();
  }

  private static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(7);
  }
}
