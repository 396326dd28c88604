package org.ostraka.server;

import java.util.ArrayList;
import java.util.List;

/** The objects of the first array of an answer. Stateless. */
final class JsonObjects {
  private JsonObjects() {}

  /** Returns the items of a Scan's answer, each as JSON. */
  static List<String> of(String answer) {
    List<String> items = new ArrayList<>();
    int from = answer.indexOf('[') + 1;
    int depth = 0;
    boolean quoted = false;
    for (int i = from; depth > 0 || answer.charAt(i) != ']'; i++) {
      char next = answer.charAt(i);
      if (quoted) {
        quoted = next != '"';
        i += next == '\\' ? 1 : 0;
      } else if (next == '"') {
        quoted = true;
      } else if (next == '{') {
        from = depth++ == 0 ? i : from;
      } else if (next == '}' && --depth == 0) {
        items.add(answer.substring(from, i + 1));
      }
    }
    return items;
  }
}
