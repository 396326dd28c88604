package org.ostraka.voting.recount;

import java.util.ArrayList;
import java.util.List;

/** Collects what an audit finds, and counts what exceeds its limit. Not thread-safe. */
final class Findings {
  private static final int MAX = 10_000;

  private final List<Finding> listed = new ArrayList<>();
  private long more;

  void add(String text) {
    add(Finding.Kind.OTHER, text);
  }

  void add(Finding.Kind kind, String text) {
    if (listed.size() < MAX) {
      listed.add(new Finding(kind, text));
    } else {
      more++;
    }
  }

  List<Finding> listed() {
    return List.copyOf(listed);
  }

  long more() {
    return more;
  }
}
