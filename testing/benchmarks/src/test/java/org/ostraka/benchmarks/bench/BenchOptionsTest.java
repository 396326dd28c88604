package org.ostraka.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.workload.WorkloadKind;
import org.ostraka.options.Command;
import org.ostraka.options.Program;

final class BenchOptionsTest {
  @TempDir private Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeHome() throws IOException {
    Path launcher = Files.createDirectory(home.resolve("bin")).resolve("ostraka");
    Files.createFile(launcher);
    Files.setPosixFilePermissions(launcher, Set.of(PosixFilePermission.OWNER_EXECUTE));
  }

  @Test
  void defaultsMeasureReadsAndWrites() {
    BenchOptions options = parse();
    assertThat(options.kinds()).containsExactly(WorkloadKind.PUT, WorkloadKind.GET);
    assertThat(options.clients()).containsExactly(64);
    assertThat(options.rounds()).isEqualTo(5);
    assertThat(options.rate()).isEmpty();
    assertThat(options.shape().bytes()).isEqualTo(1024);
    assertThat(options.wantsOstraka()).isTrue();
    assertThat(options.wantsDynalite()).isFalse();
    assertThat(options.data()).isEqualTo(home.resolve("testing/benchmarks/target"));
    assertThat(options.distribution(WorkloadKind.GET)).isEqualTo(Distribution.UNIFORM);
    assertThat(options.distribution(WorkloadKind.YCSB_D)).isEqualTo(Distribution.LATEST);
  }

  @Test
  void everyOptionIsUnderstood() {
    BenchOptions options =
        parse(
            "--url",
            "one=http://127.0.0.1:8001",
            "--url",
            "two=http://127.0.0.1:8002",
            "--peer",
            "dynalite",
            "--workloads",
            "vote,ycsb-a",
            "--clients",
            "1,16,64,256",
            "--rounds",
            "3",
            "--seconds",
            "0.5",
            "--keys",
            "500",
            "--distribution",
            "Zipfian",
            "--rate",
            "1000",
            "--threads",
            "2",
            "--growth",
            "10000,20000000",
            "--serve-option=--in-memory",
            "--no-limits");
    assertThat(options.urls())
        .containsExactly(
            java.util.Map.entry("one", URI.create("http://127.0.0.1:8001")),
            java.util.Map.entry("two", URI.create("http://127.0.0.1:8002")));
    assertThat(options.wantsDynalite()).isTrue();
    assertThat(options.kinds()).containsExactly(WorkloadKind.VOTE, WorkloadKind.YCSB_A);
    assertThat(options.clients()).containsExactly(1, 16, 64, 256);
    assertThat(options.duration()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.distribution(WorkloadKind.YCSB_D)).isEqualTo(Distribution.ZIPFIAN);
    assertThat(options.rate()).hasValue(1000);
    assertThat(options.growth()).containsExactly(10_000L, 20_000_000L);
    assertThat(options.serveOptions()).containsExactly("--in-memory");
    assertThat(options.wantsLimits()).isFalse();
  }

  @Test
  void allIsEveryWorkload() {
    assertThat(parse("--workloads", "all").kinds()).containsExactly(WorkloadKind.values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--workloads PutItem,Nothing | --workloads: no Nothing",
        "--clients 0 | --clients are 1 to 10000",
        "--clients many | --clients are 1 to 10000, not many",
        "--clients 1,,2 | --clients are 1 to 10000, not an empty text",
        "--rounds 0 | --rounds is 1 to 1000",
        "--seconds -1 | --seconds is more than 0, up to 3600",
        "--seconds NaN | --seconds is more than 0, up to 3600",
        "--keys 0 | --keys is 1 to",
        "--rate 0 | --rate is more than 0",
        "--distribution even | --distribution is one of uniform, zipfian, hot, latest, not even",
        "--item-bytes 10 | --item-bytes, --attributes: an item with 10 attributes has",
        "--peer mongo | --peer is dynalite, not mongo",
        "--url http://127.0.0.1:8000 | --url",
        "--url a=https://127.0.0.1:8000 | --url is NAME=http://HOST:PORT, not a=https:",
        "--url a=http://127.0.0.1 | --url is NAME=http://HOST:PORT",
        "--growth 10 | --growth is two numbers of items",
        "--no-ostraka | --no-ostraka leaves nothing to measure",
        "--home nowhere | no bin/ostraka in",
        "--growth 10,x | --growth is two numbers of items",
        "--fast | unknown option: --fast",
        "--rounds 1 --rounds 2 | --rounds is given twice",
        "--rounds | --rounds needs a value: N",
        "--round 2 | unknown option: --round",
        "goals goals | unexpected argument 'goals'",
        "bads | the parts are goals, growth, writes, capacity, index, expiry, streams, regions,"
            + " store, transfer, not 'bads'",
        "store | store needs --store, and no other part takes it",
        "writes --store postgresql://u@db/x | store needs --store, and no other part takes it",
        "store --store mysql://db"
            + " | --store is a URL like postgresql://user@host:5432/database, not mysql://db",
        "goals --no-ostraka --peer dynalite | goals is Ostraka's",
        "growth --no-ostraka --peer dynalite | growth is Ostraka's",
        "index --no-ostraka --peer dynalite | index is Ostraka's",
      })
  void badOptionsAreNamed(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of("--home", home.toString()));
    if (arguments.contains("--home")) {
      all.clear();
    }
    all.addAll(List.of(arguments.split(" ")));
    assertThat(run(all.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("ostraka bench: ")
        .contains(message)
        .endsWith("(see --help)" + System.lineSeparator());
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void helpListsEverything() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .startsWith(
            "Usage: bin/ostraka bench"
                + " [goals|growth|writes|capacity|index|expiry|streams|regions|store|transfer]"
                + " [options]")
        .contains("--url", "--peer", "--workloads", "--rate", "--distribution", "--growth");
    for (WorkloadKind kind : WorkloadKind.values()) {
      if (!kind.title().startsWith("YCSB")) {
        assertThat(out.toString()).contains(kind.title());
      }
    }
  }

  private BenchOptions parse(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--home", home.toString()));
    all.addAll(List.of(arguments));
    List<BenchOptions> read = new ArrayList<>();
    Command alone =
        new Command(
            "alone",
            "The options alone.",
            BenchOptions.ALL,
            (given, _, _) -> {
              read.add(new BenchOptions(given));
              read.getFirst().check();
              return 0;
            });
    int status =
        new Program("alone", alone).run(all.toArray(String[]::new), writer(out), writer(err));
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    return read.getFirst();
  }

  private int run(String... arguments) {
    return Bench.run(arguments, writer(out), writer(err));
  }

  private static PrintWriter writer(StringWriter text) {
    return new PrintWriter(text, true);
  }
}
