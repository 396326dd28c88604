package org.ostraka.model;

import java.util.regex.Pattern;

/** An account's number: twelve decimal digits. Immutable. */
public record AccountId(String value) {
  private static final Pattern LEGAL = Pattern.compile("[0-9]{12}");

  public AccountId {
    if (!isLegal(value)) {
      throw new IllegalArgumentException("an account id has twelve digits: " + value);
    }
  }

  /** Returns whether the text is an account id. */
  public static boolean isLegal(String text) {
    return LEGAL.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
