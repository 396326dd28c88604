package org.ostraka.engine.partiql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.condition.ItemConditions;
import org.ostraka.expression.partiql.ReadPlan;
import org.ostraka.expression.partiql.Returning;
import org.ostraka.expression.partiql.SingleItem;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.IndexKey;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.Select;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;

/**
 * The condition keys of statements: "IAM security policies with PartiQL for DynamoDB" in the
 * Developer Guide. Stateless.
 *
 * <p>A statement that is refused later, such as an UPDATE that names no item, has no partition
 * keys, and a SELECT of that kind counts as a scan.
 */
final class StatementConditions {
  private StatementConditions() {}

  static Map<String, List<String>> of(
      Statement statement,
      Optional<IndexKey> key,
      ReturnConsumedCapacity capacity,
      Optional<String> enclosing) {
    ItemConditions conditions = new ItemConditions(key).capacity(capacity);
    enclosing.ifPresent(conditions::within);
    Optional<TableKey> simple =
        key.filter(each -> each.partition().size() == 1)
            .map(each ->
                new TableKey(each.partition().getFirst(), each.sort().stream().findFirst()));
    switch (statement) {
      case Statement.Select select -> select(conditions, select, simple);
      case Statement.Exists(Statement.Select select) -> select(conditions, select, simple);
      case Statement.Insert insert -> conditions.item(insert.item());
      case Statement.Update update -> {
        conditions.paths(update.update().paths());
        conditions.returnValues(
            update.returning().map(StatementConditions::returned).orElse(ReturnValues.NONE));
        changed(conditions, update.where(), simple);
      }
      case Statement.Delete delete -> {
        conditions.returnValues(delete.returnsOld() ? ReturnValues.ALL_OLD : ReturnValues.NONE);
        changed(conditions, delete.where(), simple);
      }
    }
    return conditions.keys();
  }

  private static void select(
      ItemConditions conditions, Statement.Select select, Optional<TableKey> key) {
    select.where().ifPresent(where -> conditions.paths(where.paths()));
    conditions.paths(select.list().paths().stream());
    conditions.select(
        select.list().isEverything() ? Select.ALL_ATTRIBUTES : Select.SPECIFIC_ATTRIBUTES);
    List<ReadPlan.Read> reads = key.map(each -> reads(select, each)).orElse(List.of());
    conditions.fullTableScan(reads.isEmpty());
    reads.stream()
        .flatMap(read -> read.key().partition().stream())
        .forEach(conditions::partitionValue);
  }

  /** Returns the reads of single partitions; empty for a scan. */
  private static List<ReadPlan.Read> reads(Statement.Select select, TableKey key) {
    try {
      return ReadPlan.of(select, key) instanceof ReadPlan.Keyed(List<ReadPlan.Read> reads)
          ? reads
          : List.of();
    } catch (ValidationException _) {
      return List.of();
    }
  }

  private static ReturnValues returned(Returning clause) {
    return switch (clause) {
      case ALL_OLD -> ReturnValues.ALL_OLD;
      case ALL_NEW -> ReturnValues.ALL_NEW;
      case MODIFIED_OLD -> ReturnValues.UPDATED_OLD;
      case MODIFIED_NEW -> ReturnValues.UPDATED_NEW;
    };
  }

  private static void changed(
      ItemConditions conditions,
      Optional<org.ostraka.expression.Condition> where,
      Optional<TableKey> key) {
    where.ifPresent(condition -> conditions.paths(condition.paths()));
    try {
      key.ifPresent(each -> conditions.item(SingleItem.changedBy(where, each).key()));
    } catch (ValidationException _) {
      // The statement is refused later, since it names no item.
    }
  }
}
