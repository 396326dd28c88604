package org.ostraka.benchmarks.bench;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.workload.ItemShape;
import org.ostraka.benchmarks.workload.WorkloadKind;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;

/** The options of the command line. Immutable; read only after {@link #check}. */
final class BenchOptions {
  private static final int MAX_CLIENTS = 10_000;
  private static final int MAX_PORT = 65_535;
  private static final long MAX_KEYS = 100_000_000_000L;

  /** The most units that an account of the service has for a table without asking. */
  private static final int MAX_WARM_UNITS = 40_000;

  private static final String ALL_WORKLOADS = "all";
  private static final String DISTRIBUTIONS =
      Arrays.stream(Distribution.values())
          .map(Distribution::toString)
          .collect(Collectors.joining(", ", "one of ", ""));

  private static final Option<Optional<Path>> HOME =
      Option.optional(
          "--home",
          Kind.path("DIR"),
          "The directory that contains bin/ostraka; the launcher sets it.");

  private static final Option<Optional<Path>> DATA =
      Option.optional(
          "--data",
          Kind.path("DIR"),
          "The directory for the data of the servers that it starts: the disk that is measured"
              + " (default: testing/benchmarks/target).");

  private static final Option<List<Map.Entry<String, URI>>> URLS =
      Option.repeatable(
          "--url",
          new Kind<>("NAME=URL", "NAME=http://HOST:PORT", BenchOptions::url),
          "A running server of the API to measure as well; repeatable. Its tables whose names begin"
              + " with ostraka-bench- are replaced, and dropped at the end.");

  private static final Option<List<String>> PEERS =
      Option.list(
          "--peer",
          Kind.text("NAME"),
          "A peer to fetch and start: dynalite (through npm); skipped if that fails.");

  private static final Option<Boolean> NO_OSTRAKA =
      Option.flag(
          "--no-ostraka",
          "Measures only the servers of --url and --peer; the first is the base of ratios.");

  private static final Option<Boolean> NO_LIMITS =
      Option.flag(
          "--no-limits",
          "Leaves out the bare HTTP server and the bare RocksDB beside GetItem and PutItem.");

  private static final Option<Optional<String>> STORE =
      Option.optional(
          "--store",
          new Kind<>("URL", "a URL like postgresql://user@host:5432/database", BenchOptions::store),
          "With store: a PostgreSQL database for trials. The servers leave their tables in it.");

  private static final Option<Optional<String>> STANDBY =
      Option.optional(
          "--standby",
          new Kind<>("URL", "a URL like postgresql://user@host:5432/database", BenchOptions::store),
          "With store: a streaming standby of that database, whose lag is measured too.");

  private static final Option<List<String>> SERVE_OPTIONS =
      Option.repeatable(
          "--serve-option",
          Kind.text("OPTION"),
          "An option for the `bin/ostraka serve` that it starts; repeatable.");

  private static final Option<List<String>> WORKLOADS =
      Option.listWithDefault(
          "--workloads",
          Kind.text("NAME"),
          "PutItem,GetItem",
          "The workloads: PutItem, GetItem, PutItem-1000-tables, GetItem-1000-tables,"
              + " PutItem-stream,"
              + " UpdateItem-ADD, vote, Query-10, Query-1MB, Scan-100,"
              + " BatchWriteItem-25, TransactWriteItems-2, TransactWriteItems-10, YCSB-A to"
              + " YCSB-F, or all.");

  private static final Option<List<Integer>> CLIENTS =
      Option.listWithDefault(
          "--clients",
          Kind.whole("N", 1, MAX_CLIENTS),
          "64",
          "Connections, each with one request at a time; several numbers are measured one after the"
              + " other, such as 1,16,64,256.");

  private static final Option<Integer> ROUNDS =
      Option.withDefault(
          "--rounds",
          Kind.whole("N", 1, 1000),
          "5",
          "Every server has a turn in each round; medians are reported.");

  private static final Option<Double> SECONDS =
      Option.withDefault(
          "--seconds",
          Kind.number("N", "more than 0, up to 3600", each -> each > 0 && each <= 3600),
          "5",
          "The length of a turn.");

  private static final Option<Double> WARM_UP =
      Option.withDefault(
          "--warm-up",
          Kind.number("SECONDS", "0 to 3600", each -> each >= 0 && each <= 3600),
          "8",
          "The warm-up of each server before the first round of a workload.");

  private static final Option<Long> KEYS =
      Option.withDefault(
          "--keys",
          Kind.whole("N", 1, MAX_KEYS, ""),
          "10000",
          "The number of items in filled tables.");

  private static final Option<Integer> WARM_THROUGHPUT =
      Option.withDefault(
          "--warm-throughput",
          Kind.whole("UNITS", 0, MAX_WARM_UNITS),
          "0",
          "The units of reads, and of writes, each second that a table of a workload is created for"
              + " (WarmThroughput): a server that throttles needs it. 0 leaves it out.");

  private static final Option<Integer> ITEM_BYTES =
      Option.withDefault(
          "--item-bytes",
          Kind.whole("N", 0, Integer.MAX_VALUE),
          "1024",
          "The size of an item: its names and values.");

  private static final Option<Integer> ATTRIBUTES =
      Option.withDefault(
          "--attributes",
          Kind.whole("N", 0, Integer.MAX_VALUE),
          "10",
          "The attributes of an item beside its key.");

  private static final Option<Optional<Distribution>> DISTRIBUTION =
      Option.optional(
          "--distribution",
          new Kind<>("NAME", DISTRIBUTIONS, BenchOptions::distributionNamed),
          "How keys are chosen: uniform, zipfian, hot (a single key) or latest (default: uniform;"
              + " for YCSB its own). A vote always has a new key.");

  private static final Option<Optional<Double>> RATE =
      Option.optional(
          "--rate",
          Kind.number("N", "more than 0", each -> each > 0),
          "Open loop: this number of operations is due each second, and latencies count from when"
              + " an operation was due (default: closed loop).");

  private static final Option<Integer> THREADS =
      Option.withDefault(
          "--threads", Kind.whole("N", 1, 64), "1", "Threads of the load generator.");

  private static final Option<Integer> STARTS =
      Option.withDefault(
          "--starts",
          Kind.whole("N", 1, 1000),
          "5",
          "The number of starts of the server to measure.");

  private static final Option<Optional<List<Long>>> GROWTH =
      Option.optional(
          "--growth",
          new Kind<>("SMALL,LARGE", "two numbers of items: SMALL,LARGE", BenchOptions::growth),
          "With goals: also compares reads at these numbers of items, such as 10000,20000000, which"
              + " takes long. With growth: the numbers of items (default: 10000,1000000).");

  private static final Option<Integer> GROWTH_ITEM_BYTES =
      Option.withDefault(
          "--growth-item-bytes",
          Kind.whole("N", 0, Integer.MAX_VALUE),
          "100",
          "The size of the items of --growth.");

  private static final Option<Long> SEED =
      Option.withDefault("--seed", Kind.whole("N"), "1", "The seed of everything random.");

  private static final Option<Optional<Path>> OUT =
      Option.optional(
          "--out",
          Kind.path("DIR"),
          "A directory for results.md and a picture (SVG) for each workload.");

  /** All options, in the order of the help text. */
  static final List<Option<?>> ALL =
      List.of(
          HOME,
          DATA,
          URLS,
          PEERS,
          NO_OSTRAKA,
          NO_LIMITS,
          STORE,
          STANDBY,
          SERVE_OPTIONS,
          WORKLOADS,
          CLIENTS,
          ROUNDS,
          SECONDS,
          WARM_UP,
          KEYS,
          WARM_THROUGHPUT,
          ITEM_BYTES,
          ATTRIBUTES,
          DISTRIBUTION,
          RATE,
          THREADS,
          STARTS,
          GROWTH,
          GROWTH_ITEM_BYTES,
          SEED,
          OUT);

  private final Arguments given;

  BenchOptions(Arguments given) {
    this.given = given;
  }

  /** Refuses options that cannot be combined; the message names the option. */
  void check() {
    for (String peer : given.get(PEERS)) {
      require(peer.equals("dynalite"), "--peer is dynalite, not " + peer);
    }
    require(
        wantsOstraka() || !urls().isEmpty() || wantsDynalite(),
        "--no-ostraka leaves nothing to measure without --url or --peer");
    require(
        !wantsOstraka() || Files.isExecutable(home().resolve("bin/ostraka")),
        "no bin/ostraka in " + home() + "; name its place with --home");
    kinds();
    shape();
  }

  Path home() {
    return given.get(HOME).orElse(Path.of("")).toAbsolutePath().normalize();
  }

  Path data() {
    return given
        .get(DATA)
        .orElse(home().resolve("testing/benchmarks/target"))
        .toAbsolutePath()
        .normalize();
  }

  Map<String, URI> urls() {
    Map<String, URI> urls = new LinkedHashMap<>();
    given.get(URLS).forEach(named -> urls.put(named.getKey(), named.getValue()));
    return urls;
  }

  boolean wantsDynalite() {
    return !given.get(PEERS).isEmpty();
  }

  boolean wantsOstraka() {
    return !given.get(NO_OSTRAKA);
  }

  boolean wantsLimits() {
    return !given.get(NO_LIMITS) && wantsOstraka();
  }

  boolean hasStore() {
    return given.get(STORE).isPresent();
  }

  String store() {
    return given.get(STORE).orElseThrow();
  }

  /** Returns the standby of {@link #store()} whose lag is to be measured. */
  Optional<String> standby() {
    return given.get(STANDBY);
  }

  List<String> serveOptions() {
    return given.get(SERVE_OPTIONS);
  }

  List<WorkloadKind> kinds() {
    List<String> workloads = given.get(WORKLOADS);
    if (workloads.equals(List.of(ALL_WORKLOADS))) {
      return List.of(WorkloadKind.values());
    }
    return workloads.stream()
        .map(name ->
            WorkloadKind.named(name)
                .orElseThrow(() -> new BadArgumentsException("--workloads: no " + name)))
        .toList();
  }

  List<Integer> clients() {
    return given.get(CLIENTS);
  }

  int rounds() {
    return given.get(ROUNDS);
  }

  Duration duration() {
    return nanos(given.get(SECONDS));
  }

  Duration warmUp() {
    return nanos(given.get(WARM_UP));
  }

  long keys() {
    return given.get(KEYS);
  }

  /** Returns the units each second that a table is created for, or 0. */
  int warmThroughput() {
    return given.get(WARM_THROUGHPUT);
  }

  ItemShape shape() {
    return shape(given.get(ITEM_BYTES), given.get(ATTRIBUTES), "--item-bytes, --attributes: ");
  }

  Distribution distribution(WorkloadKind kind) {
    return given.get(DISTRIBUTION).orElse(kind.distribution());
  }

  OptionalDouble rate() {
    return given.get(RATE).map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  int threads() {
    return given.get(THREADS);
  }

  int starts() {
    return given.get(STARTS);
  }

  List<Long> growth() {
    return given.get(GROWTH).orElse(List.of());
  }

  ItemShape growthShape() {
    return shape(given.get(GROWTH_ITEM_BYTES), 1, "--growth-item-bytes: ");
  }

  long seed() {
    return given.get(SEED);
  }

  Optional<Path> out() {
    return given.get(OUT);
  }

  private static ItemShape shape(int bytes, int attributes, String options) {
    try {
      return new ItemShape(bytes, attributes);
    } catch (IllegalArgumentException impossible) {
      throw new BadArgumentsException(options + impossible.getMessage());
    }
  }

  private static Distribution distributionNamed(String name) {
    return Arrays.stream(Distribution.values())
        .filter(each -> each.toString().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  private static String store(String text) {
    URI url = URI.create(text);
    if (!"postgresql".equals(url.getScheme())
        || url.getHost() == null
        || url.getUserInfo() == null) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  private static Map.Entry<String, URI> url(String text) {
    String[] parts = text.split("=", 2);
    URI url = URI.create(parts[parts.length - 1]);
    boolean plain = "http".equals(url.getScheme()) && url.getHost() != null;
    if (parts.length < 2 || !plain || url.getPort() < 1 || url.getPort() > MAX_PORT) {
      throw new IllegalArgumentException();
    }
    return Map.entry(parts[0], url);
  }

  private static List<Long> growth(String text) {
    List<Long> sizes = Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList();
    if (sizes.size() != 2 || sizes.getFirst() < 1) {
      throw new IllegalArgumentException();
    }
    return sizes;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new BadArgumentsException(rule);
    }
  }

  private static Duration nanos(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
