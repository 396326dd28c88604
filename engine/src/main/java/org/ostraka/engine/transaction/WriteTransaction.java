package org.ostraka.engine.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ostraka.engine.capacity.CapacityUnits;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.capacity.TableUnits;
import org.ostraka.engine.item.ItemChange;
import org.ostraka.engine.item.ItemDecision;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ItemWrites;
import org.ostraka.engine.load.Allowance;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.TableName;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.DuplicateItemException;
import org.ostraka.model.error.ThrottledException;
import org.ostraka.model.error.TransactionCanceledException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.CurrentRows;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;

/**
 * Writes of several items that happen together or not at all. Immutable.
 *
 * @param conflict the index of the action that meets an injected conflict; empty when none does
 */
public record WriteTransaction(List<ItemWrite> writes, OptionalInt conflict) {
  /** The factor of the cost of transactional requests, compared with the same requests alone. */
  private static final int FACTOR = 2;

  /**
   * The outcome of a transaction that was carried out.
   *
   * @param changes the change of each write; empty for a repeated request
   */
  public record Done(TableUnits units, List<ItemChange> changes, boolean repeated) {
    public Done {
      changes = List.copyOf(changes);
    }
  }

  /** The outcome of the decision: the changes, or the cost of a repeated request. */
  private record Outcome(List<ItemChange> changes, Optional<Map<TableName, Double>> repetition) {}

  /**
   * Carries out the transaction, unless it was carried out before under the same token.
   *
   * @throws TransactionCanceledException when it was not carried out
   */
  public Done apply(Store store, Allowance allowance, Optional<RequestTokens.TokenUse> token) {
    Cancellations.byThrottling(writes, write -> write.capacity().requireRoom());
    List<RowKey> keys = new ArrayList<>(ItemWrites.keys(writes));
    token.ifPresent(use -> keys.add(use.key()));
    requireWithin(keys.size(), store.limits().declaredKeys());
    Outcome outcome =
        allowance.transact(
            store,
            keys,
            ItemWrites.guards(writes),
            rows -> {
              Verdict<Outcome> verdict = decide(rows, new ItemDecision(rows, allowance), token);
              requireWithin(verdict.writes().size(), store.limits().writes());
              return verdict;
            });
    if (outcome.repetition().isPresent()) {
      return new Done(repeatedUnits(outcome.repetition().get()), List.of(), true);
    }
    ItemWrites.count(writes, outcome.changes());
    TableUnits units = new TableUnits();
    for (int i = 0; i < writes.size(); i++) {
      units.add(writes.get(i).table(), outcome.changes().get(i).cost().withTableTimes(FACTOR));
    }
    return new Done(units, outcome.changes(), false);
  }

  /** Charges the tables for the transaction that was carried out. */
  public void charge(Meter meter, Done done) {
    meter.charge(done.units());
    for (int i = 0; i < done.changes().size(); i++) {
      writes.get(i).capacity().load(meter, done.changes().get(i), FACTOR);
    }
  }

  /**
   * Refuses more rows than the store takes at once. Some stores take fewer than a transaction of
   * the service can touch.
   */
  private static void requireWithin(int rows, int limit) {
    if (rows > limit) {
      throw new ValidationException(
          "The transaction touches "
              + rows
              + " rows of items, indexes and collections; the store of this server takes at most "
              + limit
              + " at once");
    }
  }

  private Verdict<Outcome> decide(
      CurrentRows rows, ItemDecision decision, Optional<RequestTokens.TokenUse> token) {
    Optional<Map<TableName, Double>> repetition =
        token.flatMap(use -> use.repetition(rows.row(use.key())));
    if (repetition.isPresent()) {
      return Verdict.unchanged(new Outcome(List.of(), repetition));
    }
    Cancellations.byConflict(writes.size(), conflict);
    List<ItemChange> changes = changes(decision);
    List<Write> all = new ArrayList<>(ItemWrites.rows(changes));
    token.ifPresent(use -> all.add(use.remember(readUnits(changes).byTable())));
    return new Verdict<>(new Outcome(changes, Optional.empty()), all, ItemWrites.origin(writes));
  }

  /** Returns the changes. Every action is judged, also after one that cancels the transaction. */
  private List<ItemChange> changes(ItemDecision decision) {
    List<ItemChange> changes = new ArrayList<>();
    List<CancellationReason> reasons = new ArrayList<>();
    for (ItemWrite write : writes) {
      try {
        changes.add(decision.decide(write));
        reasons.add(CancellationReason.NONE);
      } catch (DuplicateItemException duplicate) {
        reasons.add(CancellationReason.duplicate(duplicate.text()));
      } catch (ConditionalCheckFailedException failure) {
        reasons.add(CancellationReason.failedCondition(failure.item()));
      } catch (ThrottledException refusal) {
        reasons.add(refusal.cancellation());
      } catch (ValidationException problem) {
        if (problem.isOutright()) {
          throw problem;
        }
        reasons.add(CancellationReason.invalid(problem.text()));
      }
    }
    Set<ItemWrite> tooLarge = decision.refused();
    tooLarge.forEach(
        write -> reasons.set(writes.indexOf(write), CancellationReason.collectionTooLarge()));
    if (changes.size() < writes.size() || !tooLarge.isEmpty()) {
      throw new TransactionCanceledException(reasons);
    }
    return changes;
  }

  /** Returns the cost of a repetition, which reads the items that the first request wrote. */
  private TableUnits readUnits(List<ItemChange> changes) {
    TableUnits units = new TableUnits();
    for (int i = 0; i < writes.size(); i++) {
      double read = CapacityUnits.read(changes.get(i).sizeBytes(), true);
      units.add(writes.get(i).table(), FACTOR * read);
    }
    return units;
  }

  /** Returns the cost of a repeated request, by table in the order of this request. */
  private TableUnits repeatedUnits(Map<TableName, Double> remembered) {
    TableUnits units = new TableUnits();
    writes.stream()
        .map(ItemWrite::table)
        .distinct()
        .forEach(table -> units.add(table, remembered.getOrDefault(table.table(), 0.0)));
    return units;
  }
}
