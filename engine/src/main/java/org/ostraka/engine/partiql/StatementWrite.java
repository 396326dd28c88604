package org.ostraka.engine.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.item.ConditionCheck;
import org.ostraka.engine.item.ItemChange;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.expression.Condition;
import org.ostraka.expression.Path;
import org.ostraka.expression.Update;
import org.ostraka.expression.partiql.Returning;
import org.ostraka.expression.partiql.SingleItem;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.Item;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;

/**
 * A statement that writes one item, as a write that is ready to be decided, and what it returns of
 * the item. Immutable.
 *
 * <p>"PartiQL insert, update and delete statements for DynamoDB" in the Developer Guide: an INSERT
 * makes an item that was not there, an UPDATE changes one that is there, and to a DELETE it is all
 * the same.
 */
record StatementWrite(Statement statement, ItemWrite write) {

  /**
   * The write that a statement means.
   *
   * @param tellItem whether a condition that fails tells the item as it is
   * @throws ValidationException with the service's text when it does not name one item, or does not
   *     fit the table
   */
  static StatementWrite of(TableUse table, Statement statement, boolean tellItem) {
    return new StatementWrite(
        statement,
        switch (statement) {
          case Statement.Insert insert -> ItemWrite.insert(table, insert.item());
          case Statement.Update update -> {
            SingleItem item = SingleItem.changedBy(update.where(), table.key());
            yield ItemWrite.updateToFit(
                table, item.key(), update.update(), there(table.key(), item, tellItem));
          }
          case Statement.Delete delete -> {
            SingleItem item = SingleItem.changedBy(delete.where(), table.key());
            yield ItemWrite.delete(
                table, item.key(), unlessThere(table.key(), item, tellItem), delete.returnsOld());
          }
          case Statement.Exists exists -> {
            SingleItem item = SingleItem.checkedBy(exists, table.key());
            yield ItemWrite.conditionCheck(
                table, item.key(), new ConditionCheck(item.condition(), tellItem));
          }
          case Statement.Select _ -> throw new IllegalArgumentException("a SELECT writes nothing");
        });
  }

  /** What the statement returns of the item, unless that is nothing. */
  Optional<Item> returned(ItemChange change) {
    return switch (statement) {
      case Statement.Update(_, Update update, _, Optional<Returning> returning) ->
          returning
              .flatMap(images -> image(images, update, change))
              .filter(item -> !item.attributes().isEmpty());
      case Statement.Delete delete ->
          delete.returnsOld() ? change.before().item() : Optional.empty();
      case Statement.Insert _, Statement.Exists _, Statement.Select _ -> Optional.empty();
    };
  }

  /** Whether the statement asks for anything to be returned. */
  static boolean returns(Statement statement) {
    return switch (statement) {
      case Statement.Update update -> update.returning().isPresent();
      case Statement.Delete delete -> delete.returnsOld();
      case Statement.Insert _, Statement.Exists _, Statement.Select _ -> false;
    };
  }

  private static Optional<Item> image(Returning returning, Update update, ItemChange change) {
    return switch (returning) {
      case ALL_OLD -> change.before().item();
      case ALL_NEW -> change.after();
      case MODIFIED_OLD -> change.before().item().map(update::parts);
      case MODIFIED_NEW -> change.after().map(update::parts);
    };
  }

  private static ConditionCheck there(TableKey key, SingleItem item, boolean tellItem) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(new Condition.AttributeExists(path(key)));
    item.condition().ifPresent(conditions::add);
    Condition all = conditions.size() == 1 ? conditions.getFirst() : new Condition.And(conditions);
    return new ConditionCheck(Optional.of(all), tellItem);
  }

  private static ConditionCheck unlessThere(TableKey key, SingleItem item, boolean tellItem) {
    Optional<Condition> condition =
        item.condition()
            .map(rest ->
                new Condition.Or(List.of(new Condition.AttributeNotExists(path(key)), rest)));
    return new ConditionCheck(condition, tellItem);
  }

  private static Path path(TableKey key) {
    return new Path(List.of(new Path.Step.Field(key.partition().name())));
  }
}
