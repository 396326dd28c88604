package org.ostraka.engine.item;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ItemCollectionSizeLimitExceededException;
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
  public static List<ItemChange> apply(Store store, List<ItemWrite> writes, Allowance allowance) {
    List<ItemChange> changes =
        allowance.transact(
            store, keys(writes), rows -> decide(writes, new ItemDecision(rows, allowance)));
    count(writes, changes);
    return changes;
  }

  /** What came of one of several writes. */
  public sealed interface Outcome {
    /** It was carried out. */
    record Done(ItemChange change) implements Outcome {}

    /**
     * It was not.
     *
     * @param units the write units that it costs nevertheless
     */
    record Refused(ApiException reason, double units) implements Outcome {}
  }

  /**
   * Carries out writes of different items by one decision. A write that is refused does not stop
   * the others.
   */
  public static List<Outcome> applyEach(
      Store store, Conflicts conflicts, List<ItemWrite> writes, Allowance allowance) {
    if (writes.isEmpty()) {
      return List.of();
    }
    List<Optional<ApiException>> met = writes.stream().map(write -> met(conflicts, write)).toList();
    List<Outcome> outcomes =
        allowance.transact(
            store, keys(writes), rows -> verdict(writes, met, new ItemDecision(rows, allowance)));
    for (int i = 0; i < writes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Done(ItemChange change)) {
        writes.get(i).count(change);
      }
    }
    return outcomes;
  }

  /** The conflict that a write meets; by chance, and so not for a decision to find out. */
  private static Optional<ApiException> met(Conflicts conflicts, ItemWrite write) {
    try {
      conflicts.refuse(write.key());
      return Optional.empty();
    } catch (ApiException conflict) {
      return Optional.of(conflict);
    }
  }

  private static Verdict<List<Outcome>> verdict(
      List<ItemWrite> writes, List<Optional<ApiException>> met, ItemDecision decision) {
    List<Outcome> outcomes = new ArrayList<>();
    List<Write> all = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      ItemWrite write = writes.get(i);
      Outcome outcome =
          met.get(i)
              .<Outcome>map(conflict -> new Outcome.Refused(conflict, 0))
              .orElseGet(() -> outcome(write, decision));
      if (outcome instanceof Outcome.Done(ItemChange change)) {
        all.addAll(change.writes());
      }
      outcomes.add(outcome);
    }
    return new Verdict<>(outcomes, all);
  }

  private static Outcome outcome(ItemWrite write, ItemDecision decision) {
    try {
      return new Outcome.Done(decision.decideAlone(write));
    } catch (ApiException refusal) {
      return new Outcome.Refused(refusal, decision.unitsOfRefused(write, refusal));
    }
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

  private static Verdict<List<ItemChange>> decide(List<ItemWrite> writes, ItemDecision decision) {
    List<ItemChange> changes = writes.stream().map(decision::decide).toList();
    if (!decision.refused().isEmpty()) {
      throw new ItemCollectionSizeLimitExceededException();
    }
    return new Verdict<>(changes, rows(changes));
  }
}
