package org.ostraka.engine.item;

import java.util.ArrayList;
import java.util.List;
import org.ostraka.model.error.ItemCollectionSizeLimitExceededException;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** Writes of several items as one. Stateless. */
public final class ItemWrites {
  private ItemWrites() {}

  /**
   * Carries out writes of different items by one decision, and counts them.
   *
   * @throws org.ostraka.model.error.ApiException when one of them is refused: then nothing is done
   */
  public static List<ItemChange> apply(Store store, List<ItemWrite> writes) {
    List<ItemChange> changes = store.transact(keys(writes), rows -> decide(writes, rows));
    count(writes, changes);
    return changes;
  }

  /** The rows that a decision has to declare. */
  public static List<RowKey> keys(List<ItemWrite> writes) {
    List<RowKey> keys = new ArrayList<>();
    writes.forEach(write -> keys.addAll(write.keys()));
    return keys;
  }

  /** The rows that make the changes so. */
  public static List<Write> rows(List<ItemChange> changes) {
    List<Write> all = new ArrayList<>();
    changes.forEach(change -> all.addAll(change.writes()));
    return all;
  }

  /** Counts what was written, once it was. */
  public static void count(List<ItemWrite> writes, List<ItemChange> changes) {
    for (int i = 0; i < writes.size(); i++) {
      writes.get(i).count(changes.get(i));
    }
  }

  private static Verdict<List<ItemChange>> decide(List<ItemWrite> writes, CurrentRows rows) {
    ItemDecision decision = new ItemDecision(rows);
    List<ItemChange> changes = writes.stream().map(decision::decide).toList();
    if (!decision.refused().isEmpty()) {
      throw new ItemCollectionSizeLimitExceededException();
    }
    return new Verdict<>(changes, rows(changes));
  }
}
