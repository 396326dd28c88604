package org.ostraka.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {

  @Test
  void talliesOfThreadsAddUp() {
    Tally one = new Tally();
    Tally other = new Tally();
    for (int i = 1; i <= 50; i++) {
      one.finished(i * 1_000_000L);
      other.finished((50 + i) * 1_000_000L);
    }
    other.unfinished(1_000_000_000);
    one.received(10);
    other.received(20);
    Tally all = new Tally();
    all.add(one);
    all.add(other);
    assertThat(all.finished()).isEqualTo(100);
    assertThat(all.receivedBytes()).isEqualTo(30);
    assertThat(all.latencies().getTotalCount()).isEqualTo(101);
    // The median of all values, not the mean of two medians.
    assertThat(all.latencies().getValueAtPercentile(50) / 1e6).isBetween(50.5, 51.5);
    assertThat(all.latencies().getMaxValue() / 1e9).isBetween(0.99, 1.01);
  }

  @Test
  void theFirstErrorIsKept() {
    Tally one = new Tally();
    Tally other = new Tally();
    other.failed("400 first");
    other.failed("400 second");
    one.add(other);
    assertThat(one.errors()).isEqualTo(2);
    assertThat(one.firstError()).contains("400 first");
  }

  @Test
  void choicesFollowTheirShares() {
    Operation operation =
        new Operation(
            RequestTemplate.of(URI.create("http://localhost:1"), "GetItem", "{}"), (_, _) -> {});
    Workload workload =
        new Workload(
            List.of(
                new Workload.Choice(95, List.of(operation)),
                new Workload.Choice(5, List.of(operation))));
    assertThat(workload.choice(0)).isZero();
    assertThat(workload.choice(94)).isZero();
    assertThat(workload.choice(95)).isEqualTo(1);
    assertThat(workload.choice(99)).isEqualTo(1);
  }

  @Test
  void everyClientHasAThread() {
    for (int clients = 1; clients < 20; clients++) {
      for (int threads = 1; threads <= clients; threads++) {
        int sum = 0;
        for (int thread = 0; thread < threads; thread++) {
          int share = LoadRun.share(clients, threads, thread);
          assertThat(share).isPositive();
          sum += share;
        }
        assertThat(sum).isEqualTo(clients);
      }
    }
  }
}
