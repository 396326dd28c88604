package org.ostraka.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A stream's Amazon resource name: its table's, {@code /stream/}, and the stream's label, which is
 * the time at which it was enabled. Immutable.
 */
public record StreamArn(TableArn table, String label) implements Comparable<StreamArn> {
  private static final String SEPARATOR = "/stream/";
  private static final Pattern LABEL =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}");

  /** Returns the ARN that the text spells; empty if it is none. */
  public static Optional<StreamArn> parse(String text) {
    int end = text.lastIndexOf(SEPARATOR);
    if (end < 0) {
      return Optional.empty();
    }
    String label = text.substring(end + SEPARATOR.length());
    return LABEL.matcher(label).matches()
        ? TableArn.parse(text.substring(0, end)).map(table -> new StreamArn(table, label))
        : Optional.empty();
  }

  @Override
  public int compareTo(StreamArn other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return table + SEPARATOR + label;
  }
}
