package org.ostraka.benchmarks.bench;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.workload.ItemShape;
import org.ostraka.benchmarks.workload.WorkloadKind;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the command line asks for. Filled by picocli, and only read after {@link #check}. */
final class BenchOptions {
  private static final int MAX_CLIENTS = 10_000;
  private static final int MAX_PORT = 65_535;
  private static final long MAX_KEYS = 100_000_000_000L;
  private static final String ALL = "all";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Where bin/ostraka stands; the launcher sets it.")
  private Path home = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the data of servers that are started lies: the disk that is measured (default:"
              + " benchmarks/target).")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--url",
      paramLabel = "NAME=URL",
      description =
          "A server of the API that runs already, to be measured beside; repeatable. Tables whose"
              + " names begin with ostraka-bench- are replaced there, and dropped at the end.")
  private Map<String, URI> urls = new LinkedHashMap<>();

  @Option(
      names = "--peer",
      paramLabel = "NAME",
      split = ",",
      description =
          "A peer to fetch and start: dynalite (through npm); skipped where it cannot be.")
  private Set<String> peers = new LinkedHashSet<>();

  @Option(
      names = "--no-ostraka",
      description = "Measures only what --url and --peer name; the first is the base of ratios.")
  private boolean withoutOstraka;

  @Option(
      names = "--no-limits",
      description =
          "Leaves out the bare HTTP server and the bare RocksDB beside GetItem and PutItem.")
  private boolean withoutLimits;

  @Option(
      names = "--serve-option",
      paramLabel = "OPTION",
      description = "An option for the `bin/ostraka serve` that is started; repeatable.")
  private List<String> serveOptions = List.of();

  @Option(
      names = "--workloads",
      paramLabel = "NAMES",
      split = ",",
      defaultValue = "PutItem,GetItem",
      description =
          "What is asked: PutItem, GetItem, UpdateItem-ADD, vote, Query-10, Query-1MB, Scan-100,"
              + " BatchWriteItem-25, TransactWriteItems-2, TransactWriteItems-10, YCSB-A to YCSB-F,"
              + " or all (default: ${DEFAULT-VALUE}).")
  private List<String> workloads = List.of();

  @Option(
      names = "--clients",
      paramLabel = "N",
      split = ",",
      defaultValue = "64",
      description =
          "Connections that each have one request under way; several numbers are measured one after"
              + " the other, such as 1,16,64,256 (default: ${DEFAULT-VALUE}).")
  private List<Integer> clients = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "In each round every server has its turn; the medians are reported (default:"
              + " ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "The length of a turn (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "8",
      description = "For each server before the first round of a workload (default: 8).")
  private double warmUpSeconds;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Items that tables are filled with (default: ${DEFAULT-VALUE}).")
  private long keys;

  @Option(
      names = "--item-bytes",
      paramLabel = "N",
      defaultValue = "1024",
      description = "The size of an item: names and values (default: ${DEFAULT-VALUE}).")
  private int itemBytes;

  @Option(
      names = "--attributes",
      paramLabel = "N",
      defaultValue = "10",
      description = "Attributes of an item beside its key (default: ${DEFAULT-VALUE}).")
  private int attributes;

  @Option(
      names = "--distribution",
      paramLabel = "NAME",
      description =
          "Which keys: uniform, zipfian, hot (a single one) or latest (default: uniform; YCSB's own"
              + " for YCSB). A vote always has a new key.")
  private Optional<String> distribution = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Open loop: so many operations begin each second, whatever the server does, and latencies"
              + " count from when they should have begun (default: closed loop).")
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of the load generator (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "5",
      description = "Starts of the server that are measured (default: ${DEFAULT-VALUE}).")
  private int starts;

  @Option(
      names = "--growth",
      paramLabel = "SMALL,LARGE",
      split = ",",
      description =
          "With goals: also compares reads at these numbers of items, such as 10000,20000000; takes"
              + " long.")
  private List<Long> growth = List.of();

  @Option(
      names = "--growth-item-bytes",
      paramLabel = "N",
      defaultValue = "100",
      description = "The size of their items (default: ${DEFAULT-VALUE}).")
  private int growthItemBytes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "For all that is random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results.md and a picture (SVG) for each workload go, too.")
  private Optional<Path> out = Optional.empty();

  /** Refuses what cannot be measured, with the option's name. */
  void check() {
    require(rounds >= 1 && rounds <= 1000, "--rounds is 1 to 1000");
    require(seconds > 0 && seconds <= 3600, "--seconds is more than 0, up to 3600");
    require(warmUpSeconds >= 0 && warmUpSeconds <= 3600, "--warm-up is 0 to 3600");
    require(keys >= 1 && keys <= MAX_KEYS, "--keys is 1 to " + MAX_KEYS);
    require(threads >= 1 && threads <= 64, "--threads is 1 to 64");
    require(starts >= 1 && starts <= 1000, "--starts is 1 to 1000");
    require(rate.isEmpty() || rate.get() > 0, "--rate is more than 0");
    require(
        growth.isEmpty() || (growth.size() == 2 && growth.getFirst() >= 1),
        "--growth is two numbers of items: SMALL,LARGE");
    for (int number : clients) {
      require(number >= 1 && number <= MAX_CLIENTS, "--clients are 1 to " + MAX_CLIENTS);
    }
    for (String peer : peers) {
      require(peer.equals("dynalite"), "--peer is dynalite, not " + peer);
    }
    urls.forEach(this::checkUrl);
    require(
        !withoutOstraka || !urls.isEmpty() || !peers.isEmpty(),
        "--no-ostraka leaves nothing to measure without --url or --peer");
    require(
        withoutOstraka || Files.isExecutable(home().resolve("bin/ostraka")),
        "no bin/ostraka in " + home() + "; name its place with --home");
    kinds();
    shape();
    distribution(WorkloadKind.GET);
  }

  Path home() {
    return home.toAbsolutePath().normalize();
  }

  Path data() {
    return data.orElse(home().resolve("benchmarks/target")).toAbsolutePath().normalize();
  }

  Map<String, URI> urls() {
    return urls;
  }

  boolean wantsDynalite() {
    return !peers.isEmpty();
  }

  boolean wantsOstraka() {
    return !withoutOstraka;
  }

  boolean wantsLimits() {
    return !withoutLimits && !withoutOstraka;
  }

  List<String> serveOptions() {
    return serveOptions;
  }

  List<WorkloadKind> kinds() {
    if (workloads.equals(List.of(ALL))) {
      return List.of(WorkloadKind.values());
    }
    return workloads.stream()
        .map(name -> WorkloadKind.named(name).orElseThrow(() -> bad("--workloads: no " + name)))
        .toList();
  }

  List<Integer> clients() {
    return clients;
  }

  int rounds() {
    return rounds;
  }

  Duration duration() {
    return nanos(seconds);
  }

  Duration warmUp() {
    return nanos(warmUpSeconds);
  }

  long keys() {
    return keys;
  }

  ItemShape shape() {
    return shape(itemBytes, attributes, "--item-bytes, --attributes: ");
  }

  Distribution distribution(WorkloadKind kind) {
    return distribution.map(this::distributionNamed).orElse(kind.distribution());
  }

  OptionalDouble rate() {
    return rate.isPresent() ? OptionalDouble.of(rate.get()) : OptionalDouble.empty();
  }

  int threads() {
    return threads;
  }

  int starts() {
    return starts;
  }

  List<Long> growth() {
    return growth;
  }

  ItemShape growthShape() {
    return shape(growthItemBytes, 1, "--growth-item-bytes: ");
  }

  long seed() {
    return seed;
  }

  Optional<Path> out() {
    return out;
  }

  private ItemShape shape(int bytes, int attributes, String options) {
    try {
      return new ItemShape(bytes, attributes);
    } catch (IllegalArgumentException impossible) {
      throw bad(options + impossible.getMessage());
    }
  }

  private Distribution distributionNamed(String name) {
    return Arrays.stream(Distribution.values())
        .filter(each -> each.toString().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            bad(
                "--distribution is one of "
                    + Arrays.stream(Distribution.values())
                        .map(Distribution::toString)
                        .collect(Collectors.joining(", "))
                    + ", not "
                    + name));
  }

  private void checkUrl(String name, URI url) {
    boolean plain = "http".equals(url.getScheme()) && url.getHost() != null;
    require(
        plain && url.getPort() > 0 && url.getPort() <= MAX_PORT,
        "--url is NAME=http://HOST:PORT, not " + name + "=" + url);
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      throw bad(rule);
    }
  }

  private ParameterException bad(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private static Duration nanos(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
