package org.ostraka.engine.table;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.index.IndexUpdateRules;
import org.ostraka.engine.index.IndexUpdates;
import org.ostraka.model.TableClass;
import org.ostraka.model.TableClassSummary;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.operation.UpdateTable;

/**
 * Rules for what cannot change while another change of a table is in progress. Stateless.
 *
 * <p>The texts are those that measured (October 2026).
 */
final class BusyTable {

  private BusyTable() {}

  /** Refuses a change that conflicts with one in progress. */
  static void refuse(TableRecord record, UpdateTable.Request request, IndexUpdates indexes) {
    TableDescription table = record.description();
    refuseForIndexes(table, request);
    boolean forIndexes =
        !IndexUpdateRules.allocating(table).isEmpty() || !IndexUpdateRules.going(table).isEmpty();
    boolean toldAlready = forIndexes && request.tableClass() == null;
    if (table.status() != TableStatus.UPDATING || toldAlready) {
      return;
    }
    if (request.stream() != null) {
      throw inUse(stream(table));
    }
    Optional<TableClass> nextClass = nextClass(record);
    if (request.tableClass() != null) {
      throw inUse(
          nextClass
              .map(next ->
                  "Can't update table class when a table class update is in progress. Table: "
                      + table.name()
                      + " TableClassUpdateInProgress: "
                      + next)
              .orElse("Table: " + table.name() + " is in the process of being updated."));
    }
    if (indexes.addsOrRemoves()) {
      throw inUse(
          nextClass.isPresent()
              ? "Can't create or delete an index when a table class update is in progress."
              : "Can't create or delete indexes while table IOPS are being updated. Table: "
                  + table.name());
    }
    if (request.billingMode() != null || request.throughput() != null) {
      throw inUse("Table IOPS are currently being updated. Table: " + table.name());
    }
    if (request.onDemandMaximum() != null) {
      throw inUse(
          "OnDemandThroughput cannot be updated while "
              + (nextClass.isPresent() ? "TableClass" : "BillingMode")
              + " update is in progress");
    }
  }

  /**
   * Refuses changes that conflict with indexes being created or deleted. A request that repeats the
   * present billing mode changes nothing and is never refused for it.
   */
  private static void refuseForIndexes(TableDescription table, UpdateTable.Request request) {
    boolean units =
        request.throughput() != null
            || (request.billingMode() != null && request.billingMode() != table.billing().mode());
    List<String> going = IndexUpdateRules.going(table);
    List<String> allocating = IndexUpdateRules.allocating(table);
    if (units && !going.isEmpty()) {
      throw inUse(iops("deleted", table, going));
    }
    if (units && !allocating.isEmpty()) {
      throw inUse(iops("created", table, allocating));
    }
    if (request.onDemandMaximum() != null && !going.isEmpty()) {
      throw inUse(onDemand("deletion", going));
    }
    List<String> coming = IndexUpdateRules.coming(table);
    if (request.onDemandMaximum() != null && !coming.isEmpty()) {
      throw inUse(onDemand("creation", coming));
    }
  }

  private static String iops(String what, TableDescription table, List<String> indexes) {
    return "Can't change table IOPS when an index is being "
        + what
        + ". Table: "
        + table.name()
        + " Indexes: "
        + indexes;
  }

  private static String onDemand(String what, List<String> indexes) {
    return "OnDemandThroughput cannot be updated while index "
        + what
        + " is in progress for indexes: "
        + indexes;
  }

  /** Finding Q-444 (docs/compatibility.md explains these sources). */
  private static String stream(TableDescription table) {
    return table.stream()
        .map(latest ->
            "A stream status change is currently in progress. Table: "
                + table.name()
                + " Stream: "
                + latest.label()
                + " Operation: "
                + (latest.isEnabled() ? "ENABLE" : "DISABLE"))
        .orElse("Table: " + table.name() + " is in the process of being updated.");
  }

  private static ResourceInUseException inUse(String why) {
    return ResourceInUseException.whileChanging(why);
  }

  /** Returns the class that the table is changing to; empty when its class is not changing. */
  private static Optional<TableClass> nextClass(TableRecord record) {
    return record
        .transition()
        .flatMap(TableRecord.Transition::after)
        .filter(after -> !after.tableClass().equals(record.description().tableClass()))
        .flatMap(TableDescription::tableClass)
        .map(TableClassSummary::tableClass);
  }
}
