package org.ostraka.model;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backup's Amazon resource name: its table's, {@code /backup/}, the time of its creation in
 * milliseconds as 14 digits, a hyphen, and 8 hexadecimal digits. Immutable.
 */
public record BackupArn(TableArn table, String id) implements Comparable<BackupArn> {
  private static final String SEPARATOR = "/backup/";
  private static final Pattern ID = Pattern.compile("(\\d{14})-[0-9a-f]{8}");

  public BackupArn {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("a backup is not called " + id);
    }
  }

  /**
   * Makes the ARN of a backup.
   *
   * @param suffix tells it from other backups of the same millisecond
   */
  public static BackupArn of(TableArn table, Instant created, int suffix) {
    return new BackupArn(table, String.format("%014d-%08x", created.toEpochMilli(), suffix));
  }

  /** Returns the ARN that the text spells; empty if it is none. */
  public static Optional<BackupArn> parse(String text) {
    int end = text.lastIndexOf(SEPARATOR);
    if (end < 0) {
      return Optional.empty();
    }
    String id = text.substring(end + SEPARATOR.length());
    return ID.matcher(id).matches()
        ? TableArn.parse(text.substring(0, end)).map(table -> new BackupArn(table, id))
        : Optional.empty();
  }

  /** Returns when the backup was created. */
  public Instant created() {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches()) {
      throw new IllegalStateException("the constructor refuses other ids");
    }
    return Instant.ofEpochMilli(Long.parseLong(matcher.group(1)));
  }

  @Override
  public int compareTo(BackupArn other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return table + SEPARATOR + id;
  }
}
