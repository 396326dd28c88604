package org.ostraka.engine.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.catalogue.TableUses;
import org.ostraka.engine.item.ItemRead;
import org.ostraka.engine.load.Allowance;
import org.ostraka.expression.partiql.SingleItem;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.BatchExecuteStatement.Response;
import org.ostraka.model.operation.BatchExecuteStatement.Result;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;

/** The statements of a batch of reads, each of which names one item. One thread. */
final class BatchReads {
  private final Store store;
  private final TableUses tables;
  private final List<BatchMember> members;
  private final Allowance allowance;
  private final Meter meter;
  private long rowBytes;

  BatchReads(
      Store store, TableUses tables, List<BatchMember> members, Allowance allowance, Meter meter) {
    this.store = store;
    this.tables = tables;
    this.members = members;
    this.allowance = allowance;
    this.meter = meter;
  }

  /** A statement with the item that it reads. */
  private record Lookup(int place, BatchMember member, ItemRead read) {}

  Response answer(ReturnConsumedCapacity wish) {
    List<Result> results = new ArrayList<>();
    List<Lookup> lookups = new ArrayList<>();
    for (BatchMember member : members) {
      try {
        lookups.add(lookup(results.size(), member));
        results.add(member.done(Optional.empty()));
      } catch (ApiException reason) {
        results.add(member.refused(reason));
      }
    }
    BatchMember.refuseDuplicates(lookups.stream().map(each -> each.read().key()).toList());
    // Charging in this order lists the tables' capacity in the order in which the statements name
    // them.
    lookups.forEach(lookup -> meter.charge(lookup.read().table(), 0));
    find(lookups, true, results);
    find(lookups, false, results);
    return new Response(results, meter.answers(wish), true);
  }

  private Lookup lookup(int place, BatchMember member) {
    Optional<ApiException> refusal = member.refusal();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    Statement.Select select = (Statement.Select) member.statement().orElseThrow();
    return new Lookup(place, member, read(select));
  }

  private ItemRead read(Statement.Select select) {
    TableUse table = tables.of(select.table());
    if (select.source().index().isPresent()) {
      throw keyMissing();
    }
    Item key = SingleItem.readBy(select, table.key(), "BatchExecuteStatement");
    Statements.requireSimpleKeys(table);
    ItemRead read = ItemRead.of(table, key, select.list());
    read.requireRoom();
    return read;
  }

  /**
   * Returns the error for a statement that reads an index. The text is that for a statement without
   * the key (floci's {@code DynamoDbJsonHandler}).
   */
  private static ValidationException keyMissing() {
    return new ValidationException(
        "Select statements within BatchExecuteStatement must specify the primary key in the where"
            + " clause.");
  }

  /** Finds the items of the strongly consistent reads, or of the others. */
  private void find(List<Lookup> lookups, boolean consistent, List<Result> results) {
    List<Lookup> wanted =
        lookups.stream()
            .filter(lookup -> lookup.member().asked().consistentRead() == consistent)
            .toList();
    List<RowKey> keys = wanted.stream().map(lookup -> lookup.read().key()).toList();
    keys.forEach(allowance::expect);
    List<Optional<Row>> rows =
        store.read(keys, consistent ? Consistency.STRONG : Consistency.EVENTUAL);
    for (int i = 0; i < wanted.size(); i++) {
      Lookup lookup = wanted.get(i);
      ItemRead.Found found = lookup.read().found(rows.get(i));
      lookup.read().charge(meter, found, consistent);
      allowance.found(keys.get(i), found.rowBytes());
      allowance.compute(found.rowBytes() / Allowance.READ_BYTES_PER_UNIT);
      rowBytes += found.rowBytes();
      allowance.holdAnswer(rowBytes);
      results.set(lookup.place(), lookup.member().done(found.item(allowance)));
    }
  }
}
