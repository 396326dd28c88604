package org.ostraka.analytics;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ostraka.cli.analytics.Analytics;

/**
 * Shows rows as text. One thread.
 *
 * @param out where they go
 */
record Rows(Analytics.Form form, PrintWriter out) {
  /** The widths of a table's columns fit so many rows; the others may be wider. */
  private static final int MEASURED_ROWS = 1000;

  private static final String GAP = "  ";

  void show(ResultSet answer) throws SQLException {
    ResultSetMetaData columns = answer.getMetaData();
    List<@Nullable String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
    }
    switch (form) {
      case CSV -> csv(names, answer);
      case TABLE -> table(names, answer);
    }
    out.flush();
  }

  private void csv(List<@Nullable String> names, ResultSet answer) throws SQLException {
    out.print(csvLine(names));
    while (answer.next()) {
      out.print(csvLine(row(answer, names.size())));
    }
  }

  /** Returns a line of CSV (RFC 4180); a null is empty, and an empty text is quoted. */
  private static String csvLine(List<@Nullable String> values) {
    return values.stream().map(Rows::csvField).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String csvField(@Nullable String value) {
    if (value == null) {
      return "";
    }
    boolean isPlain =
        !value.isEmpty() && value.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
    return isPlain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  private void table(List<@Nullable String> names, ResultSet answer) throws SQLException {
    List<List<@Nullable String>> first = new ArrayList<>();
    first.add(names);
    while (first.size() <= MEASURED_ROWS && answer.next()) {
      first.add(row(answer, names.size()));
    }
    List<Integer> widths = new ArrayList<>(Collections.nCopies(names.size(), 0));
    for (List<@Nullable String> row : first) {
      for (int i = 0; i < row.size(); i++) {
        widths.set(i, Math.max(widths.get(i), shown(row.get(i)).length()));
      }
    }
    for (List<@Nullable String> row : first) {
      line(row, widths);
    }
    while (first.size() > MEASURED_ROWS && answer.next()) {
      line(row(answer, names.size()), widths);
    }
  }

  private void line(List<@Nullable String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String value = shown(row.get(i));
      line.append(i == 0 ? "" : GAP).append(value);
      line.append(" ".repeat(Math.max(0, widths.get(i) - value.length())));
    }
    out.println(line.toString().stripTrailing());
  }

  private static String shown(@Nullable String value) {
    return value == null ? "NULL" : value;
  }

  private static List<@Nullable String> row(ResultSet answer, int columns) throws SQLException {
    List<@Nullable String> row = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      row.add(answer.getString(i));
    }
    return row;
  }
}
