package org.ostraka.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.benchmarks.load.LoadResult;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Medians, tables, pictures and goals of measured turns. */
final class ReportTest {
  @TempDir private Path directory;

  @Test
  void mediansAreTheMiddle() {
    assertThat(Medians.of(DoubleStream.of(3, 1, 2))).isEqualTo(2);
    assertThat(Medians.of(DoubleStream.of(4, 1, 2, 3))).isEqualTo(2.5);
    assertThat(Medians.of(DoubleStream.of(1, Double.NaN, 2))).isNaN();
    assertThat(Medians.of(DoubleStream.empty())).isNaN();
  }

  @Test
  void ratiosAreTakenWithinRounds() {
    // The machine was slow in the second round for both, and in the third for one.
    List<Turn> one = List.of(turn(200), turn(20), turn(100));
    List<Turn> other = List.of(turn(100), turn(10), turn(100));
    assertThat(Medians.ofRatios(one, other, Turn.Figure.PER_SECOND)).isEqualTo(2);
    assertThat(Medians.ofRatios(one, List.of(), Turn.Figure.PER_SECOND)).isNaN();
  }

  @Test
  void tablesCompareWithTheFirst() {
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    turns.put("ostraka", List.of(turn(100)));
    turns.put("peer", List.of(turn(25)));
    String[] lines = TurnTable.of(turns, 1024).split("\n");
    assertThat(lines[0]).startsWith("| server | times ostraka | operations/s | p50 ms |");
    assertThat(lines[2]).startsWith("| ostraka | 1.00 | 100 | 1.00 | 1.00 | 1.00 | 50.0 | 10.0 |");
    assertThat(lines[2]).endsWith("| 2.00 |");
    assertThat(lines[3]).startsWith("| peer | 0.25 | 25 |");
  }

  @Test
  void cellsCannotBreakTheTable() {
    MarkdownTable table = new MarkdownTable("a", "b");
    table.row("x|y", "1\n2");
    assertThat(table.toString()).endsWith("| x\\|y | 1 2 |\n");
    assertThatThrownBy(() -> table.row("one")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void goalsSayWhetherTheyAreMet() {
    MarkdownTable table = new MarkdownTable("measure", "goal", "measured", "met");
    Goal.atLeast("ratio", 0.6, "", 0.6).addTo(table);
    Goal.atLeast("ratio", 0.6, "", 0.59).addTo(table);
    Goal.atMost("memory", 150, " MiB", 151).addTo(table);
    Goal.atMost("start", 0.45, " s", 0.44).addTo(table);
    Goal.atLeast("growth", 0.35, "", Double.NaN).addTo(table);
    assertThat(table.toString().lines().skip(2))
        .containsExactly(
            "| ratio | >= 0.60 | 0.60 | yes |",
            "| ratio | >= 0.60 | 0.59 | no |",
            "| memory | <= 150 MiB | 151 MiB | no |",
            "| start | <= 0.45 s | 0.44 s | yes |",
            "| growth | >= 0.35 | not measured |  |");
  }

  @Test
  void barsAreAsLongAsTheirValues() throws Exception {
    BarChart chart = new BarChart("reads & <writes>");
    chart.group("1 client", List.of(new BarChart.Bar("a", 50), new BarChart.Bar("b", 100)));
    chart.group("64 clients", List.of(new BarChart.Bar("a", 200), new BarChart.Bar("b", 0)));
    NodeList bars =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(chart.toString().getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName("rect");
    // The first is the background.
    List<Double> widths =
        IntStream.range(1, bars.getLength())
            .mapToObj(i -> Double.valueOf(((Element) bars.item(i)).getAttribute("width")))
            .toList();
    assertThat(widths).hasSize(4);
    assertThat(widths.get(1)).isEqualTo(2 * widths.get(0));
    assertThat(widths.get(2)).isEqualTo(4 * widths.get(0)).isLessThan(500);
    assertThat(widths.get(3)).isZero();
  }

  @Test
  void processesAreReadAsLinuxWritesThem() throws IOException {
    // A command may have spaces and brackets in its name.
    Files.writeString(
        directory.resolve("stat"), "7 (a b) c) S 1 7 7 0 -1 4194560 9 0 0 0 150 50 0 0 20 0 1 0");
    Files.writeString(directory.resolve("status"), "Name:\tx\nVmRSS:\t  2048 kB\nThreads:\t1\n");
    Files.writeString(directory.resolve("io"), "write_bytes: 4096\ncancelled_write_bytes: 1\n");
    ProcessFacts facts = new ProcessFacts(directory);
    assertThat(facts.cpu()).contains(Duration.ofSeconds(2));
    assertThat(facts.residentBytes()).hasValue(2 << 20);
    assertThat(facts.writtenBytes()).hasValue(4096);
  }

  @Test
  void aProcessWithoutFilesHasNoFacts() {
    ProcessFacts facts = new ProcessFacts(directory.resolve("none"));
    assertThat(facts.cpu()).isEmpty();
    assertThat(facts.residentBytes()).isEmpty();
    assertThat(facts.writtenBytes()).isEmpty();
  }

  /** Makes a turn of this many operations in a second, of a millisecond each. */
  private static Turn turn(int perSecond) {
    Histogram latencies = new Histogram(3);
    for (int i = 0; i < perSecond; i++) {
      latencies.recordValue(1_000_000);
    }
    LoadResult result = new LoadResult(latencies, perSecond, 0, Duration.ofSeconds(1));
    return new Turn(result, 50.0 * perSecond, 10.0 * perSecond, 2048.0 * perSecond);
  }
}
