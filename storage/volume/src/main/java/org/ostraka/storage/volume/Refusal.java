package org.ostraka.storage.volume;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ostraka.model.Bytes;

/**
 * Tells submissions that a full disk refuses from those that it may still take, in the order in
 * which they were decided. One thread.
 */
final class Refusal {
  private final Set<Submission> spared = new LinkedHashSet<>();
  private final List<Submission> refused = new ArrayList<>();
  private final Set<Ticket> lost = new HashSet<>();
  private final Map<Bytes, PendingRow> rows = new HashMap<>();

  /**
   * Spares a submission that makes room and rests on none that is refused; refuses all others.
   *
   * @param sparing false where all are refused
   */
  void judge(Submission submission, boolean sparing) {
    if (sparing && submission.makesRoom() && !submission.restsOnAny(lost)) {
      spared.add(submission);
      rows.putAll(submission.rows());
    } else {
      refused.add(submission);
      lost.add(submission.ticket());
    }
  }

  /** Returns those that are spared, in their order. */
  Set<Submission> spared() {
    return spared;
  }

  List<Submission> refused() {
    return refused;
  }

  /** Returns the last state of each row that a spared submission writes. */
  Map<Bytes, PendingRow> rows() {
    return rows;
  }
}
