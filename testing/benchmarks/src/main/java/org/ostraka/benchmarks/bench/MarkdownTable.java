package org.ostraka.benchmarks.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table as Markdown; the first column is aligned left, the others right. One thread. */
final class MarkdownTable {
  private final List<String> columns;
  private final StringBuilder text = new StringBuilder();

  MarkdownTable(String... columns) {
    this.columns = List.of(columns);
    add(List.of(columns));
    text.append("|---|").append("---:|".repeat(columns.length - 1)).append('\n');
  }

  /** Adds a row of cells; {@link #number} formats numbers. */
  void row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException("a row has %d cells".formatted(columns.size()));
    }
    add(new ArrayList<>(List.of(cells)));
  }

  /** Formats a number with this many decimals; empty for NaN. */
  static String number(double value, int decimals) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "";
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void add(List<String> cells) {
    text.append(
        cells.stream()
            .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
