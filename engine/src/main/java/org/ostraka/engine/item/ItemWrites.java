package org.ostraka.engine.item;

import java.util.ArrayList;
import java.util.List;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** Writes of several items as one. Stateless. */
public final class ItemWrites {
  private ItemWrites() {}

  /** Carries out writes of different items, none of which can be refused, by one decision. */
  public static List<ItemChange> apply(Store store, List<ItemWrite> writes) {
    List<ItemChange> changes =
        store.transact(
            keys(writes),
            rows -> {
              List<ItemChange> decided = writes.stream().map(write -> decide(write, rows)).toList();
              return new Verdict<>(decided, rows(decided));
            });
    count(writes, changes);
    return changes;
  }

  /** The rows that a decision has to declare. */
  public static List<RowKey> keys(List<ItemWrite> writes) {
    return writes.stream().map(ItemWrite::key).toList();
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

  private static ItemChange decide(ItemWrite write, CurrentRows rows) {
    return write.decide(rows.row(write.key()));
  }
}
