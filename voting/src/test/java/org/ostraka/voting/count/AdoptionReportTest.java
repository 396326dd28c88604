package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A report of more rows than anybody reads. */
final class AdoptionReportTest {
  @Test
  void aThousandRowsAreListedAndAllAreCounted() {
    AdoptionReport report = new AdoptionReport();
    IntStream.range(0, 1_003).forEach(row -> report.passOver("row " + row));
    List<String> listed = IntStream.range(0, 1_000).mapToObj(row -> "row " + row).toList();
    assertThat(report.passedOver()).isEqualTo(listed);
    assertThat(report.lines()).contains("Rows passed over: 1003").endsWith("row 999");
  }
}
