package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the writers of a table know of their writes. Each write gives its item a new id, which the
 * stream must show once if the write was acknowledged. Any thread.
 */
final class StreamJournal {
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> removed = ConcurrentHashMap.newKeySet();
  private final Queue<List<String>> unansweredTransactions = new ConcurrentLinkedQueue<>();

  void acknowledged(Collection<String> ids) {
    acknowledged.addAll(ids);
  }

  void refused(Collection<String> ids) {
    refused.addAll(ids);
  }

  /** Notes that a deletion was acknowledged and said that it removed the item with this id. */
  void removed(String id) {
    removed.add(id);
  }

  void unansweredTransaction(List<String> ids) {
    unansweredTransactions.add(ids);
  }

  /** Returns the number of acknowledged changes that {@link #verify} looks for. */
  int changes() {
    return acknowledged.size() + removed.size();
  }

  /** Fails unless the stream has every acknowledged change and none that was refused. */
  void verify(StreamReplay replay) {
    assertThat(missing(acknowledged, replay.written())).as("writes without a record").isEmpty();
    assertThat(missing(removed, replay.removed())).as("deletions without a record").isEmpty();
    List<String> shown = refused.stream().filter(replay.written()::contains).toList();
    assertThat(shown).as("records of refused writes").isEmpty();
    for (List<String> transaction : unansweredTransactions) {
      long parts = transaction.stream().filter(replay.written()::contains).count();
      assertThat(parts)
          .as("records of a transaction: %s", transaction)
          .isIn(0L, (long) transaction.size());
    }
  }

  private static List<String> missing(Set<String> expected, Set<String> found) {
    return expected.stream().filter(id -> !found.contains(id)).toList();
  }
}
