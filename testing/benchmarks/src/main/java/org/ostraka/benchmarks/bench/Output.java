package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where results go: to standard output at once, and into a directory where one is named. */
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

  /** A piece of Markdown with a line behind it; the file has all pieces until now. */
  void markdown(String text) throws IOException {
    out.println(text);
    out.flush();
    all.append(text).append('\n');
    if (directory.isPresent()) {
      Files.writeString(directory.get().resolve("results.md"), all);
    }
  }

  /** A picture; only where there is a directory. */
  void picture(String name, BarChart chart) throws IOException {
    if (directory.isPresent()) {
      Files.writeString(
          directory.get().resolve(name.toLowerCase(Locale.ROOT) + ".svg"), chart.toString());
    }
  }
}
