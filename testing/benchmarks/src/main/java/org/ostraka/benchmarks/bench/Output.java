package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Writes results to standard output at once, and into a directory if one is given. */
final class Output {
  private final PrintStream out;
  private final Optional<Path> directory;
  private final StringBuilder all = new StringBuilder();

  Output(PrintStream out, Optional<Path> directory) throws IOException {
    this.out = out;
    this.directory = directory;
    if (directory.isPresent()) {
      Files.createDirectories(directory.get());
    }
  }

  /** Prints a piece of Markdown and an empty line, and rewrites the file with all pieces so far. */
  void markdown(String text) throws IOException {
    out.println(text);
    out.flush();
    all.append(text).append('\n');
    if (directory.isPresent()) {
      Files.writeString(directory.get().resolve("results.md"), all);
    }
  }

  /** Writes a picture if there is a directory. */
  void picture(String name, BarChart chart) throws IOException {
    if (directory.isPresent()) {
      Files.writeString(
          directory.get().resolve(name.toLowerCase(Locale.ROOT) + ".svg"), chart.toString());
    }
  }
}
