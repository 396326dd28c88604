package org.ostraka.model;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Amazon resource name of an export, import or bulk operation: its table's, a slash, the kind,
 * a slash, the time of its start in milliseconds as 14 digits, a hyphen, and 8 hexadecimal digits.
 * Immutable.
 */
public record TransferArn(TableArn table, Kind kind, String id) implements Comparable<TransferArn> {
  private static final Pattern ID = Pattern.compile("(\\d{14})-[0-9a-f]{8}");

  /** What is transferred where. */
  public enum Kind {
    EXPORT("/export/"),
    IMPORT("/import/"),
    /** A bulk operation. The service's form is not known. */
    BULK("/bulk-operation/");

    private final String separator;

    Kind(String separator) {
      this.separator = separator;
    }
  }

  public TransferArn {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("a transfer is not called " + id);
    }
  }

  /**
   * Makes the ARN of a transfer.
   *
   * @param suffix tells it from other transfers of the same millisecond
   */
  public static TransferArn of(TableArn table, Kind kind, Instant started, int suffix) {
    return new TransferArn(
        table, kind, String.format("%014d-%08x", started.toEpochMilli(), suffix));
  }

  /** Returns the ARN that the text spells; empty if it is none of this kind. */
  public static Optional<TransferArn> parse(Kind kind, String text) {
    int end = text.lastIndexOf(kind.separator);
    if (end < 0) {
      return Optional.empty();
    }
    String id = text.substring(end + kind.separator.length());
    return ID.matcher(id).matches()
        ? TableArn.parse(text.substring(0, end)).map(table -> new TransferArn(table, kind, id))
        : Optional.empty();
  }

  /** Returns when the transfer was started. */
  public Instant started() {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches()) {
      throw new IllegalStateException("the constructor refuses other ids");
    }
    return Instant.ofEpochMilli(Long.parseLong(matcher.group(1)));
  }

  /** Orders transfers by their start. */
  @Override
  public int compareTo(TransferArn other) {
    int byId = id.compareTo(other.id);
    return byId != 0 ? byId : toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return table + kind.separator + id;
  }
}
