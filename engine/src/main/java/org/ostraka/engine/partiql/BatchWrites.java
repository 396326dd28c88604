package org.ostraka.engine.partiql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.catalogue.TableUses;
import org.ostraka.engine.item.Conflicts;
import org.ostraka.engine.item.ItemChange;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ItemWrites;
import org.ostraka.engine.load.Allowance;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.operation.BatchExecuteStatement.Response;
import org.ostraka.model.operation.BatchExecuteStatement.Result;
import org.ostraka.storage.Store;

/**
 * The statements of a batch of writes, and their results so far. When a table changes in between,
 * the batch may be attempted again: then it continues with the statements that have no result. One
 * thread.
 */
final class BatchWrites {
  private final Store store;
  private final Conflicts conflicts;
  private final List<BatchMember> members;
  private final Allowance allowance;
  private final Map<Integer, Result> results = new TreeMap<>();
  private final List<Consumer<Meter>> charges = new ArrayList<>();
  private boolean written;

  BatchWrites(Store store, Conflicts conflicts, List<BatchMember> members, Allowance allowance) {
    this.store = store;
    this.conflicts = conflicts;
    this.members = members;
    this.allowance = allowance;
  }

  /** Carries out the statements that have no result yet, and returns the results of all of them. */
  Response answer(TableUses tables, Meter meter, ReturnConsumedCapacity wish) {
    List<ItemWrite> writes = new ArrayList<>();
    Queue<Integer> places = new ArrayDeque<>();
    for (int place = 0; place < members.size(); place++) {
      if (!results.containsKey(place)) {
        try {
          writes.add(write(tables, members.get(place)));
          places.add(place);
        } catch (ApiException reason) {
          results.put(place, members.get(place).refused(reason));
        }
      }
    }
    BatchMember.refuseDuplicates(writes.stream().map(ItemWrite::key).toList());
    Iterator<ItemWrite> next = writes.iterator();
    ItemWrites.applyEach(
        store,
        conflicts,
        writes,
        written ? Allowance.unlimited() : allowance,
        outcomes -> outcomes.forEach(outcome -> came(places.remove(), next.next(), outcome)));
    charges.forEach(charge -> charge.accept(meter));
    return new Response(List.copyOf(results.values()), meter.answers(wish), !written);
  }

  private void came(int place, ItemWrite write, ItemWrites.Outcome outcome) {
    BatchMember member = members.get(place);
    Result result =
        switch (outcome) {
          case ItemWrites.Outcome.Done(ItemChange change) -> {
            charges.add(meter -> write.capacity().charge(meter, change));
            written = true;
            yield member.done(change.returned());
          }
          case ItemWrites.Outcome.Refused(ApiException reason, double refusedUnits) -> {
            charges.add(meter -> write.capacity().chargeRefused(meter, refusedUnits));
            yield member.refused(reason);
          }
        };
    results.put(place, result);
  }

  private static ItemWrite write(TableUses tables, BatchMember member) {
    Optional<ApiException> refusal = member.refusal();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    Statement statement = member.statement().orElseThrow();
    TableUse table = tables.of(statement.table());
    Statements.requireSimpleKeys(table);
    return StatementWrite.of(table, statement, member.asked().returnsItem());
  }
}
