package org.ostraka.model;

/** A table's name: 3 to 255 of a-z, A-Z, 0-9, underscore, full stop and hyphen. Immutable. */
public record TableName(String value) implements Comparable<TableName> {
  public TableName {
    if (!isLegal(value)) {
      throw new IllegalArgumentException("not a table name");
    }
  }

  /** Returns whether the text can name a table. */
  public static boolean isLegal(String text) {
    return text.length() >= Limits.TABLE_NAME_MIN_CHARS
        && text.length() <= Limits.TABLE_NAME_MAX_CHARS
        && hasLegalCharacters(text);
  }

  /** Returns whether a name may contain every character of the text; true for the empty text. */
  public static boolean hasLegalCharacters(String text) {
    for (int i = 0; i < text.length(); i++) { // every request names a table: a stream takes longer
      if (!isLegal(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLegal(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '-';
  }

  @Override
  public int compareTo(TableName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
