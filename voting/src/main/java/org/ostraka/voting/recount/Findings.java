package org.ostraka.voting.recount;

import java.util.ArrayList;
import java.util.List;

/** Collects what an audit finds, and counts what exceeds its limit. Not thread-safe. */
final class Findings {
  private static final int MAX = 1_000;

  private final List<String> listed = new ArrayList<>();
  private long more;

  void add(String finding) {
    if (listed.size() < MAX) {
      listed.add(finding);
    } else {
      more++;
    }
  }

  List<String> listed() {
    return List.copyOf(listed);
  }

  long more() {
    return more;
  }
}
