package org.ostraka.cli.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.ostraka.options.BadArgumentsException;

/** What a server's metrics say of its traffic. */
final class TrafficTest {
  private static final String METRICS =
      """
      # TYPE dynamodb_consumed_write_capacity_units_total counter
      dynamodb_consumed_write_capacity_units_total{account="1",region="eu-west-1",table_name="votes",\
      global_secondary_index_name=""} 3000.0
      dynamodb_consumed_write_capacity_units_total{account="1",region="eu-west-1",table_name="votes",\
      global_secondary_index_name="by-city"} 1000.0
      dynamodb_consumed_read_capacity_units_total{account="1",region="eu-west-1",table_name="votes",\
      global_secondary_index_name=""} 500.0
      dynamodb_consumed_read_capacity_units_total{account="1",region="eu-west-1",table_name="or\\"ders",\
      global_secondary_index_name=""} 1.5E3
      dynamodb_write_throttle_events_total{account="1",region="eu-west-1",table_name="votes",limit="key_range"} 7.0
      dynamodb_successful_request_latency_seconds_count{account="1",region="eu-west-1",table_name="votes",\
      operation="PutItem"} 2000
      dynamodb_successful_request_latency_seconds_sum{account="1",region="eu-west-1",table_name="votes",\
      operation="PutItem"} 17.5
      jvm_memory_used_bytes{area="heap"} 5.0
      process_uptime_seconds 100.0
      """;

  @Test
  void unitsOfTablesAndIndexesAreAddedByTable() {
    Traffic traffic = Traffic.of(METRICS);
    assertThat(traffic.seconds()).isEqualTo(100);
    assertThat(traffic.tables())
        .containsExactly(
            new Traffic.OfTable("1/eu-west-1/or\\\"ders", 0, 1500, 0, 0),
            new Traffic.OfTable("1/eu-west-1/votes", 4000, 500, 2000, 7));
    assertThat(traffic.only("votes").tables()).hasSize(1);
    assertThatThrownBy(() -> traffic.only("otes"))
        .isInstanceOf(BadArgumentsException.class)
        .hasMessage("the server has counted nothing of a table otes");
  }

  /** 40 write units and 20 read units a second, for a month of 30 days. */
  @Test
  void theUnitsOfASecondAreTheWorkload() {
    Description description = new Description();
    description.answer("kind=document");
    description.answer("writes=7");
    description.answer("indexes=2");
    description.answer("transactional=yes");
    description.answer("hours=8");
    description.answer("days=20");
    Traffic.of(METRICS).answer(description);
    Workload workload = description.workload();
    assertThat(workload.kind()).isEqualTo(Workload.Kind.DOCUMENT);
    assertThat(workload.writeUnits()).isEqualTo(40);
    assertThat(workload.readUnits()).isEqualTo(20);
    double millionsOfSeconds = 30 * 24 * 3_600 / 1e6;
    assertThat(Bill.of(workload, Prices.current()).onDemand())
        .isCloseTo(millionsOfSeconds * (40 * 0.625 + 20 * 0.125), within(0.001));
  }

  @Test
  void eachTableHasALineWithItsCost() {
    assertThat(Traffic.of(METRICS).report(Prices.current()))
        .contains("the mean of the 100 seconds since the server started")
        .containsPattern("1/eu-west-1/votes +20.0 +40.0 +5.0 +7 +66.42 +27.89");
  }

  @Test
  void whatIsNoServersMetricsIsRefused() {
    assertThatThrownBy(() -> Traffic.of("<html></html>"))
        .isInstanceOf(BadArgumentsException.class)
        .hasMessage("the answer has no process_uptime_seconds");
  }
}
