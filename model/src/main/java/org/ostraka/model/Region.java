package org.ostraka.model;

import java.util.regex.Pattern;

/**
 * A region's name, such as {@code eu-central-1}: 1 to 64 lower-case letters, digits and hyphens.
 * Immutable.
 */
public record Region(String value) {
  private static final Pattern LEGAL = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  public Region {
    if (!isLegal(value)) {
      throw new IllegalArgumentException("not a region: " + value);
    }
  }

  /** Whether the text can name a region. */
  public static boolean isLegal(String text) {
    return LEGAL.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
