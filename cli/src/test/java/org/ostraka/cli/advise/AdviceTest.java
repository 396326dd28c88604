package org.ostraka.cli.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.ostraka.options.BadArgumentsException;

/** The seeds' own calculations, with their prices and with today's. */
final class AdviceTest {
  private static final Prices SEEDS = Prices.ofSeeds();
  private static final Prices TODAY = Prices.current();
  private static final Offset<Double> CENT = within(0.01);

  /** Half a million votes of 1 KB a second for an hour of each day of a month, kept as 15 TB. */
  private static final String[] ELECTION = {
    "writes=500000", "write-size=1KB", "hours=1", "days=30", "storage=15TB"
  };

  @Test
  void eightyStrongReadsOfThreeKilobytesAreEightyUnits() {
    assertThat(workload("reads=80", "read-size=3KB", "consistency=strong").readUnits())
        .isEqualTo(80);
    assertThat(workload("reads=80", "read-size=3KB").readUnits()).isEqualTo(40);
    assertThat(workload("reads=80", "read-size=5KB", "consistency=transactional").readUnits())
        .isEqualTo(320);
  }

  @Test
  void fiftyWritesOfTwoKilobytesAreHundredUnits() {
    assertThat(workload("writes=50", "write-size=2KB").writeUnits()).isEqualTo(100);
    assertThat(workload("writes=50", "write-size=2KB", "transactional=yes").writeUnits())
        .isEqualTo(200);
    assertThat(workload("writes=50", "write-size=2KB", "indexes=2").writeUnits()).isEqualTo(200);
  }

  @Test
  void hourOfHalfMillionWritesIsOneBillionEightHundredMillionUnits() {
    Workload election = workload(ELECTION);
    assertThat(election.writeUnits() * 3_600).isEqualTo(1.8e9);
    assertThat(Bill.hourOnDemand(election, SEEDS)).isEqualTo(2_250, CENT);
    assertThat(Bill.hourOnDemand(election, TODAY)).isEqualTo(1_125, CENT);
  }

  @Test
  void twoRegionsCostTwice() {
    Workload election = workload(with("regions=2"));
    assertThat(Bill.hourOnDemand(election, SEEDS)).isEqualTo(4_500, CENT);
    assertThat(Bill.hourOnDemand(election, TODAY)).isEqualTo(2_250, CENT);
  }

  @Test
  void fifteenTerabytesCostThreeThousandSevenHundredFifty() {
    Bill bill = Bill.of(workload(ELECTION), TODAY);
    assertThat(bill.lines()).containsExactly(new Bill.Line("storage", 3_750));
  }

  @Test
  void monthOfTwoRegionsCostsAboutHundredFortyThousand() {
    Workload election = workload(with("regions=2"));
    assertThat(Bill.of(election, SEEDS).onDemandTotal()).isEqualTo(140_000, within(3_000.0));
    assertThat(Bill.of(election, TODAY).onDemandTotal()).isEqualTo(75_000, CENT);
  }

  @Test
  void provisionedUnitsPayFromAShareOfUseOn() {
    assertThat(TODAY.breakEven(Prices.Price.PROVISIONED_WRITE, Prices.Price.ON_DEMAND_WRITE))
        .isEqualTo(0.2889, within(0.0001));
    assertThat(SEEDS.breakEven(Prices.Price.PROVISIONED_WRITE, Prices.Price.ON_DEMAND_WRITE))
        .isEqualTo(0.1444, within(0.0001));
    Bill steady = Bill.of(workload("writes=1000", "reads=1000"), TODAY);
    assertThat(steady.provisioned()).isLessThan(steady.onDemand());
    Bill rare = Bill.of(workload("writes=1000", "hours=1"), TODAY);
    assertThat(rare.provisioned()).isGreaterThan(rare.onDemand());
  }

  @Test
  void partitionsFollowThroughputAndSize() {
    assertThat(workload("writes=500000", "storage=1GB").partitions()).isEqualTo(500);
    assertThat(workload("writes=1", "storage=15TB").partitions()).isEqualTo(1_500);
    assertThat(
            workload("writes=500", "reads=3000", "consistency=strong", "storage=0B").partitions())
        .isEqualTo(2);
    assertThat(workload().partitions()).isEqualTo(1);
  }

  @Test
  void storageFollowsFromRetention() {
    assertThat(workload("writes=1000", "write-size=1000B", "retention=10").storageGb())
        .isEqualTo(864, within(0.001));
  }

  @Test
  void everyFeatureHasItsLine() {
    Bill bill =
        Bill.of(
            workload(
                "writes=1000",
                "storage=100GB",
                "stream-readers=2",
                "recovery=yes",
                "backups=50GB",
                "exports=200GB",
                "dax-nodes=3"),
            TODAY);
    assertThat(bill.lines())
        .extracting(Bill.Line::what)
        .containsExactly(
            "storage", "stream reads", "point-in-time recovery", "backups", "exports", "DAX");
    assertThat(bill.lines())
        .extracting(line -> Math.round(line.dollars() * 100))
        .containsExactly(2_500L, 1_037L, 2_000L, 500L, 2_000L, 55_080L);
  }

  @Test
  void decisionTreeNamesWhatFits() {
    assertThat(fitting(with("regions=2"))).containsExactly("DynamoDB");
    assertThat(fitting("kind=relational", "joins=yes", "writes=100"))
        .containsExactly("Aurora PostgreSQL", "PostgreSQL on instances");
    assertThat(fitting("kind=key-value", "writes=100"))
        .containsExactly("DynamoDB", "Aurora PostgreSQL", "PostgreSQL on instances", "Keyspaces");
    assertThat(fitting("kind=graph")).containsExactly("Neptune");
    assertThat(fitting("kind=search")).containsExactly("OpenSearch");
    assertThat(fitting("kind=analytics")).containsExactly("Redshift");
    assertThat(fitting("kind=time-series", "writes=1000"))
        .containsExactly("DynamoDB", "Keyspaces", "Timestream");
    assertThat(Engine.AURORA.objections(workload(ELECTION)))
        .containsExactly("500,000 writes a second are beyond its ceiling of about 100,000");
  }

  @Test
  void nodesFollowFromMeasuredRates() {
    NodeRates node = new NodeRates(50_000, 100_000);
    assertThat(node.nodes(workload("writes=30000"))).isEqualTo(2);
    assertThat(node.nodes(workload("writes=30001"))).isEqualTo(4);
    assertThat(node.nodes(workload("writes=15000", "reads=60000", "regions=2"))).isEqualTo(2);
  }

  @Test
  void reportShowsBothPrices() {
    String report =
        Report.of(
            workload(with("regions=2")), TODAY, SEEDS, Optional.of(new NodeRates(20_000, 40_000)));
    assertThat(report.lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains(
            "Cost in dollars a month (us-east-1) 2026-11-29 2024-10-31",
            "on demand 67,500.00 135,000.00",
            "an hour of it 2,250.00 4,500.00",
            "storage 7,500.00 7,500.00",
            "in all, on demand 75,000.00 142,500.00",
            "partitions 1,500 in each region",
            "DynamoDB fits");
    assertThat(report).contains("84 nodes in each of 2 regions");
  }

  @Test
  void answersThatCannotBeUnderstoodAreRefused() {
    for (String wrong :
        List.of(
            "writes=many",
            "writes=-1",
            "hours=25",
            "regions=1.5",
            "kind=ledger",
            "write-size=3XB",
            "joins=perhaps",
            "colour=red",
            "writes")) {
      assertThatThrownBy(() -> workload(wrong)).as(wrong).isInstanceOf(BadArgumentsException.class);
    }
  }

  @Test
  void priceFileIsReadWhollyOrRefused() throws IOException {
    String file =
        """
        date=2030-01-02
        region=eu-central-1
        source=a page
        on-demand.write-million=1
        on-demand.replicated-write-million=1
        on-demand.read-million=1
        provisioned.write-hour=1
        provisioned.replicated-write-hour=1
        provisioned.read-hour=1
        storage.gb-month=1
        recovery.gb-month=1
        backup.gb-month=1
        export.gb=1
        stream.read-100k=1
        dax.node-hour=1
        """;
    assertThat(Prices.read(new StringReader(file), "f").region()).isEqualTo("eu-central-1");
    for (String broken :
        List.of(
            file.replace("export.gb=1\n", ""),
            file.replace("export.gb=1", "export.gb=-1"),
            file.replace("2030-01-02", "soon"),
            file + "gold=1\n")) {
      assertThatThrownBy(() -> Prices.read(new StringReader(broken), "f"))
          .isInstanceOf(BadArgumentsException.class);
    }
  }

  private static List<String> fitting(String... answers) {
    Workload workload = workload(answers);
    return Stream.of(Engine.values())
        .filter(engine -> engine.objections(workload).isEmpty())
        .map(Engine::title)
        .toList();
  }

  private static String[] with(String answer) {
    return Stream.concat(Stream.of(ELECTION), Stream.of(answer)).toArray(String[]::new);
  }

  private static Workload workload(String... answers) {
    Description description = new Description();
    for (String answer : answers) {
      description.answer(answer);
    }
    return description.workload();
  }
}
