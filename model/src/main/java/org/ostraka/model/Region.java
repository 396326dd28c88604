package org.ostraka.model;

/**
 * A region's name, such as {@code eu-central-1}: 1 to 64 lower-case letters, digits and hyphens.
 * Immutable.
 */
public record Region(String value) {
  private static final int MAX_CHARS = 64;

  public Region {
    if (!isLegal(value)) {
      throw new IllegalArgumentException("not a region: " + value);
    }
  }

  /** Returns whether the text can name a region. */
  public static boolean isLegal(String text) {
    if (text.isEmpty() || text.length() > MAX_CHARS || text.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) { // every request names one: a pattern takes longer
      char c = text.charAt(i);
      boolean legal = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      if (!legal) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
