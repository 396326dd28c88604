package org.ostraka.engine.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** The statements of one batch that writes. One thread. */
final class BatchWrites {
  private final Store store;
  private final Conflicts conflicts;
  private final TableUses tables;
  private final List<BatchMember> members;
  private final Allowance allowance;
  private final Meter meter;

  BatchWrites(
      Store store,
      Conflicts conflicts,
      TableUses tables,
      List<BatchMember> members,
      Allowance allowance,
      Meter meter) {
    this.store = store;
    this.conflicts = conflicts;
    this.tables = tables;
    this.members = members;
    this.allowance = allowance;
    this.meter = meter;
  }

  Response answer(ReturnConsumedCapacity wish) {
    List<Result> results = new ArrayList<>();
    List<ItemWrite> writes = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (BatchMember member : members) {
      try {
        writes.add(write(member));
        places.add(results.size());
        results.add(member.done(Optional.empty()));
      } catch (ApiException reason) {
        results.add(member.refused(reason));
      }
    }
    BatchMember.refuseDuplicates(writes.stream().map(ItemWrite::key).toList());
    List<ItemWrites.Outcome> outcomes = ItemWrites.applyEach(store, conflicts, writes, allowance);
    for (int i = 0; i < outcomes.size(); i++) {
      BatchMember member = members.get(places.get(i));
      Result result =
          switch (outcomes.get(i)) {
            case ItemWrites.Outcome.Done(ItemChange change) -> {
              meter.charge(writes.get(i).table(), change.cost());
              yield member.done(change.returned());
            }
            case ItemWrites.Outcome.Refused(ApiException reason, double refusedUnits) -> {
              meter.chargeFailed(writes.get(i).table(), refusedUnits);
              yield member.refused(reason);
            }
          };
      results.set(places.get(i), result);
    }
    boolean written = outcomes.stream().anyMatch(ItemWrites.Outcome.Done.class::isInstance);
    return new Response(List.copyOf(results), meter.answers(wish), !written);
  }

  private ItemWrite write(BatchMember member) {
    Optional<ApiException> refusal = member.refusal();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    Statement statement = member.statement().orElseThrow();
    TableUse table = tables.of(statement.table());
    Statements.requireSimpleKeys(table);
    return StatementWrite.of(table, statement, member.asked().tellItem());
  }
}
