package org.ostraka.voting.audit;

import java.util.ArrayList;
import java.util.List;

/** Texts as one text: each with its length before it, so that no two lists become the same text. */
public final class Fields {
  private Fields() {}

  /** Returns the texts as one. */
  public static String join(List<String> texts) {
    StringBuilder joined = new StringBuilder();
    for (String text : texts) {
      joined.append(text.length()).append(':').append(text).append('\n');
    }
    return joined.toString();
  }

  /**
   * Returns the texts that were joined.
   *
   * @throws IllegalArgumentException if it is no result of {@link #join}
   */
  public static List<String> split(String joined) {
    List<String> texts = new ArrayList<>();
    int at = 0;
    while (at < joined.length()) {
      int colon = joined.indexOf(':', at);
      if (colon < 0) {
        throw new IllegalArgumentException("a text without its length");
      }
      int end = colon + 1 + Integer.parseInt(joined.substring(at, colon));
      if (end <= colon || end >= joined.length() || joined.charAt(end) != '\n') {
        throw new IllegalArgumentException("a text of another length");
      }
      texts.add(joined.substring(colon + 1, end));
      at = end + 1;
    }
    return texts;
  }
}
