package org.ostraka.engine.item;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ItemCollectionSizeLimitExceededException;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Origin;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.StoreLimits;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/** Carries out writes of several items together. Stateless. */
public final class ItemWrites {
  private ItemWrites() {}

  /**
   * Carries out writes of different items by one decision, and counts them.
   *
   * @throws org.ostraka.model.error.ApiException when one of them is refused; then nothing is
   *     written
   */
  public static List<ItemChange> apply(Store store, List<ItemWrite> writes, Allowance allowance) {
    List<ItemChange> changes =
        allowance.transact(
            store,
            keys(writes),
            guards(writes),
            rows -> decide(writes, new ItemDecision(rows, allowance)));
    count(writes, changes);
    return changes;
  }

  /**
   * Carries out writes of different items, by one decision if the store takes so many at once, and
   * otherwise by several decisions, one after the other.
   *
   * @param done accepts the changes of each decision once it is committed; an exception after that
   *     does not undo them
   */
  public static void applyInParts(
      Store store, List<ItemWrite> writes, Allowance allowance, Consumer<List<ItemChange>> done) {
    int from = 0;
    while (from < writes.size()) {
      int to = endOfPart(store.limits(), writes, from, 0);
      done.accept(apply(store, writes.subList(from, to), ofPart(from, allowance)));
      from = to;
    }
  }

  /**
   * Returns the allowance of a part. Only the first part may be refused for lack of room, since
   * nothing is written before it.
   */
  private static Allowance ofPart(int from, Allowance allowance) {
    return from == 0 ? allowance : Allowance.unlimited();
  }

  /**
   * Returns the end of the writes, all of different items, that one decision can carry out.
   *
   * @param others the number of other rows that the decision writes
   */
  public static int endOfPart(StoreLimits limits, List<ItemWrite> writes, int from, int others) {
    Set<RowKey> items = new HashSet<>();
    int keys = others;
    long rows = others;
    int to = from;
    while (to < writes.size() && items.add(writes.get(to).key())) {
      keys += writes.get(to).keys().size();
      rows += writes.get(to).maxWrites();
      boolean fits = keys <= limits.declaredKeys() && rows <= limits.writes();
      if (!fits && to > from) {
        break;
      }
      to++;
    }
    return to;
  }

  /** The outcome of one of several writes. */
  public sealed interface Outcome {
    /** The write was carried out. */
    record Done(ItemChange change) implements Outcome {}

    /**
     * The write was refused.
     *
     * @param units the write units that it costs nevertheless
     */
    record Refused(ApiException reason, double units) implements Outcome {}
  }

  /**
   * Carries out writes of different items. A write that is refused does not stop the others. One
   * decision carries them out if the store takes so many at once.
   *
   * @param done accepts the outcomes of each decision once it is committed; an exception after that
   *     does not undo them
   */
  public static void applyEach(
      Store store,
      Conflicts conflicts,
      List<ItemWrite> writes,
      Allowance allowance,
      Consumer<List<Outcome>> done) {
    int from = 0;
    while (from < writes.size()) {
      int to = endOfPart(store.limits(), writes, from, 0);
      Allowance ofPart = ofPart(from, allowance);
      List<ItemWrite> next = writes.subList(from, to);
      List<Optional<ApiException>> met = new ArrayList<>(next.size());
      next.forEach(write -> met.add(met(conflicts, write)));
      List<Outcome> came =
          ofPart.transact(
              store,
              keys(next),
              guards(next),
              rows -> verdict(next, met, new ItemDecision(rows, ofPart)));
      countEach(next, came);
      done.accept(came);
      from = to;
    }
  }

  /**
   * Returns the conflict that a write meets, or that its table has no room for it, if so. It
   * depends on chance and on time, so it is found outside the decision.
   */
  private static Optional<ApiException> met(Conflicts conflicts, ItemWrite write) {
    try {
      write.capacity().requireRoom();
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
      Optional<ApiException> conflict = met.get(i);
      Outcome outcome =
          conflict.isPresent()
              ? new Outcome.Refused(conflict.get(), 0)
              : outcome(writes.get(i), decision);
      if (outcome instanceof Outcome.Done(ItemChange change)) {
        all.addAll(change.writes());
      }
      outcomes.add(outcome);
    }
    return new Verdict<>(outcomes, all, origin(writes));
  }

  /**
   * Decides writes of different items for a decision that writes other rows, too. A write that is
   * refused does not stop the others.
   */
  public static List<Outcome> decideEach(List<ItemWrite> writes, ItemDecision decision) {
    return writes.stream().map(write -> outcome(write, decision)).toList();
  }

  /** Counts what was carried out, once it is committed. */
  public static void countEach(List<ItemWrite> writes, List<Outcome> outcomes) {
    for (int i = 0; i < writes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Done(ItemChange change)) {
        writes.get(i).count(change);
      }
    }
  }

  private static Outcome outcome(ItemWrite write, ItemDecision decision) {
    try {
      return new Outcome.Done(decision.decideAlone(write));
    } catch (ApiException refusal) {
      return new Outcome.Refused(refusal, decision.unitsOfRefused(write, refusal));
    }
  }

  /** Returns the rows that a decision has to declare. */
  public static List<RowKey> keys(List<ItemWrite> writes) {
    List<RowKey> keys = new ArrayList<>();
    writes.forEach(write -> keys.addAll(write.keys()));
    return keys;
  }

  /**
   * Returns the guards of a decision on these writes: their tables must still be as they are known
   * here.
   */
  public static Collection<Guard> guards(List<ItemWrite> writes) {
    if (writes.size() == 1) {
      return writes.getFirst().guards();
    }
    Set<Guard> guards = new LinkedHashSet<>();
    writes.forEach(write -> guards.addAll(write.guards()));
    return guards;
  }

  /** Returns the writes of rows that carry out the changes. */
  public static List<Write> rows(List<ItemChange> changes) {
    List<Write> all = new ArrayList<>();
    changes.forEach(change -> all.addAll(change.writes()));
    return all;
  }

  /** Returns the region in which a decision writes: all tables of a request are in the same one. */
  public static Origin origin(List<ItemWrite> writes) {
    return writes.getFirst().origin();
  }

  /** Counts the changes once they are committed. */
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
    return new Verdict<>(changes, rows(changes), origin(writes));
  }
}
