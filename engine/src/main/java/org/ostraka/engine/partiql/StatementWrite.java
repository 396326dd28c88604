package org.ostraka.engine.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.item.ConditionCheck;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.engine.item.ReturnedImage;
import org.ostraka.expression.Condition;
import org.ostraka.expression.Path;
import org.ostraka.expression.partiql.SingleItem;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;

/**
 * Turns statements that write one item into writes that are ready to be decided. Stateless.
 *
 * <p>"PartiQL insert, update and delete statements for DynamoDB" in the Developer Guide: an INSERT
 * needs an absent item, an UPDATE an existing one, and a DELETE accepts both.
 */
final class StatementWrite {
  private StatementWrite() {}

  /**
   * Returns the write that a statement means.
   *
   * @param returnsItem whether a condition that fails returns the item as it is
   * @throws ValidationException with the service's text when the statement does not name one item,
   *     or does not fit the table
   */
  static ItemWrite of(TableUse table, Statement statement, boolean returnsItem) {
    return switch (statement) {
      case Statement.Insert insert -> ItemWrite.insert(table, insert.item());
      case Statement.Update update -> {
        SingleItem item = SingleItem.changedBy(update.where(), table.key());
        yield ItemWrite.updateToFit(
            table,
            item.key(),
            update.update(),
            there(table.key(), item, returnsItem),
            image(update));
      }
      case Statement.Delete delete -> {
        SingleItem item = SingleItem.changedBy(delete.where(), table.key());
        yield ItemWrite.delete(
            table,
            item.key(),
            unlessThere(table.key(), item, returnsItem),
            delete.returnsOld() ? ReturnedImage.OLD : ReturnedImage.NONE);
      }
      case Statement.Exists exists -> {
        SingleItem item = SingleItem.checkedBy(exists, table.key());
        yield ItemWrite.conditionCheck(
            table, item.key(), new ConditionCheck(item.condition(), returnsItem));
      }
      case Statement.Select _ -> throw new IllegalArgumentException("a SELECT writes nothing");
    };
  }

  /** Returns whether the statement has a RETURNING clause. */
  static boolean returns(Statement statement) {
    return switch (statement) {
      case Statement.Update update -> update.returning().isPresent();
      case Statement.Delete delete -> delete.returnsOld();
      case Statement.Insert _, Statement.Exists _, Statement.Select _ -> false;
    };
  }

  private static ReturnedImage image(Statement.Update statement) {
    if (statement.returning().isEmpty()) {
      return ReturnedImage.NONE;
    }
    return switch (statement.returning().get()) {
      case ALL_OLD -> ReturnedImage.OLD;
      case ALL_NEW -> ReturnedImage.NEW;
      case MODIFIED_OLD -> ReturnedImage.ofOld(statement.update()::parts);
      case MODIFIED_NEW -> ReturnedImage.ofNew(statement.update()::parts);
    };
  }

  private static ConditionCheck there(TableKey key, SingleItem item, boolean returnsItem) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(new Condition.AttributeExists(path(key)));
    item.condition().ifPresent(conditions::add);
    Condition all = conditions.size() == 1 ? conditions.getFirst() : new Condition.And(conditions);
    return new ConditionCheck(Optional.of(all), returnsItem);
  }

  private static ConditionCheck unlessThere(TableKey key, SingleItem item, boolean returnsItem) {
    Optional<Condition> condition =
        item.condition()
            .map(rest ->
                new Condition.Or(List.of(new Condition.AttributeNotExists(path(key)), rest)));
    return new ConditionCheck(condition, returnsItem);
  }

  private static Path path(TableKey key) {
    return new Path(List.of(new Path.Step.Field(key.partition().name())));
  }
}
