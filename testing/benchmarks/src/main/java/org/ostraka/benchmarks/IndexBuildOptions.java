package org.ostraka.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/** What the command line of {@link IndexBuild} asks for. Immutable. */
record IndexBuildOptions(
    Path home, Path data, int items, Duration window, int clients, boolean help) {

  static final String USAGE =
      """
      Usage: IndexBuild [options]
        --home DIR     where bin/ostraka stands, built; default: the working directory
        --data DIR     where the server's data shall lie for the run: the disk that is measured;
                       default: testing/benchmarks/target
        --items N      items of the table that gets the index; default: 1000000
        --seconds N    how long writes are measured before, and after; default: 10
        --clients N    the concurrent clients that write; default: 16
        --help
      """;

  static IndexBuildOptions parse(List<String> arguments) {
    IndexBuildOptions options =
        new IndexBuildOptions(
            absolute(""),
            absolute("testing/benchmarks/target"),
            1_000_000,
            Duration.ofSeconds(10),
            16,
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

  private IndexBuildOptions with(String name, Iterator<String> rest) {
    return switch (name) {
      case "--home" -> new IndexBuildOptions(path(rest), data, items, window, clients, help);
      case "--data" -> new IndexBuildOptions(home, path(rest), items, window, clients, help);
      case "--items" -> new IndexBuildOptions(home, data, count(rest), window, clients, help);
      case "--seconds" ->
          new IndexBuildOptions(home, data, items, Duration.ofSeconds(count(rest)), clients, help);
      case "--clients" -> new IndexBuildOptions(home, data, items, window, count(rest), help);
      case "--help" -> new IndexBuildOptions(home, data, items, window, clients, true);
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
    if (!value.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException("not a number from 1 to 999999999: " + value);
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
