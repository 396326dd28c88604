package org.ostraka.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/** What the command line asks for. Immutable. */
record Options(
    Path home, Path data, int rounds, Duration duration, int clients, int starts, boolean help) {

  static final String USAGE =
      """
      Usage: DurableWrites [options]
        --home DIR     where bin/ostraka stands, built; default: the working directory
        --data DIR     where the server's data shall lie for the run: the disk that is measured;
                       default: testing/benchmarks/target
        --rounds N     rounds of each kind of load; default: 5
        --seconds N    the length of one kind of load in a round; default: 5
        --clients N    the concurrent clients; default: 64
        --starts N     starts measured; default: 11
        --help
      """;

  static Options parse(List<String> arguments) {
    Options options =
        new Options(
            absolute(""),
            absolute("testing/benchmarks/target"),
            5,
            Duration.ofSeconds(5),
            64,
            11,
            false);
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      options = options.with(rest.next(), rest);
    }
    if (!options.help && !Files.isExecutable(options.home.resolve("bin/ostraka"))) {
      throw new IllegalArgumentException(
          "no bin/ostraka in " + options.home + "; name its place with --home");
    }
    return options;
  }

  private Options with(String name, Iterator<String> rest) {
    return switch (name) {
      case "--home" -> new Options(path(rest), data, rounds, duration, clients, starts, help);
      case "--data" -> new Options(home, path(rest), rounds, duration, clients, starts, help);
      case "--rounds" -> new Options(home, data, count(rest), duration, clients, starts, help);
      case "--seconds" ->
          new Options(home, data, rounds, Duration.ofSeconds(count(rest)), clients, starts, help);
      case "--clients" -> new Options(home, data, rounds, duration, count(rest), starts, help);
      case "--starts" -> new Options(home, data, rounds, duration, clients, count(rest), help);
      case "--help" -> new Options(home, data, rounds, duration, clients, starts, true);
      default -> throw new IllegalArgumentException("unknown option " + name + "\n" + USAGE);
    };
  }

  private static Path path(Iterator<String> rest) {
    return absolute(value(rest));
  }

  private static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }

  private static int count(Iterator<String> rest) {
    String value = value(rest);
    if (!value.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException("not a number from 1 to 999999: " + value);
    }
    return Integer.parseInt(value);
  }

  private static String value(Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("the last option needs a value\n" + USAGE);
    }
    return rest.next();
  }
}
