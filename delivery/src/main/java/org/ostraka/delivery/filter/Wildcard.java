package org.ostraka.delivery.filter;

import java.util.ArrayList;
import java.util.List;
import org.ostraka.delivery.json.JsonSyntaxException;

/**
 * A text in which each {@code *} stands for any characters, or none; {@code \*} and {@code \\} are
 * a star and a backslash. Immutable.
 *
 * @param parts the literal texts between the stars; one more than there are stars
 */
record Wildcard(List<String> parts) {
  static Wildcard of(String pattern, String place) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean afterStar = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*') {
        if (afterStar) {
          throw new JsonSyntaxException(place + "a wildcard has no two stars in a row");
        }
        parts.add(part.toString());
        part.setLength(0);
      } else if (c == '\\') {
        i++;
        part.append(escaped(pattern, i, place));
      } else {
        part.append(c);
      }
      afterStar = c == '*';
    }
    parts.add(part.toString());
    return new Wildcard(List.copyOf(parts));
  }

  private static char escaped(String pattern, int at, String place) {
    if (at < pattern.length() && (pattern.charAt(at) == '*' || pattern.charAt(at) == '\\')) {
      return pattern.charAt(at);
    }
    throw new JsonSyntaxException(
        place + "a backslash of a wildcard stands before a star or a backslash");
  }

  /**
   * Returns whether the whole text is as the wildcard says; takes the earliest place of each part.
   */
  boolean matches(String text) {
    String first = parts.getFirst();
    String last = parts.getLast();
    if (parts.size() == 1) {
      return text.equals(first);
    }
    if (text.length() < first.length() + last.length()
        || !text.startsWith(first)
        || !text.endsWith(last)) {
      return false;
    }
    int at = first.length();
    int end = text.length() - last.length();
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = text.indexOf(part, at);
      if (found < 0 || found + part.length() > end) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }
}
