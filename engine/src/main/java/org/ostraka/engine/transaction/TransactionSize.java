package org.ostraka.engine.transaction;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ItemSize;
import org.ostraka.model.Limits;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ParameterizedStatement;
import org.ostraka.model.operation.TransactWriteItems.Action;

/**
 * The limit of what one transaction sends: items, keys, and values of placeholders and question
 * marks. Stateless.
 *
 * <p>The stored items that it deletes, checks or updates do not count: twelve deletions of items of
 * 390 KB pass (a recorded answer of 2026).
 */
public final class TransactionSize {
  private TransactionSize() {}

  /**
   * Refuses actions that are together too large.
   *
   * @throws ValidationException with a text of our own
   */
  static void requireOfActions(List<Action.OnItem> actions) {
    require(actions.stream().mapToLong(TransactionSize::sizeBytes).sum());
  }

  /**
   * Refuses statements that are together too large.
   *
   * @throws ValidationException with a text of our own
   */
  public static void requireOfStatements(List<ParameterizedStatement> statements) {
    require(
        statements.stream()
            .mapToLong(statement -> statement.text().length() + sizeBytes(statement.parameters()))
            .sum());
  }

  private static long sizeBytes(Action.OnItem action) {
    long item =
        switch (action) {
          case Action.Put put -> put.item().sizeBytes();
          case Action.Update update -> update.key().sizeBytes();
          case Action.Delete delete -> delete.key().sizeBytes();
          case Action.ConditionCheck check -> check.key().sizeBytes();
        };
    return item
        + Optional.ofNullable(action.condition().substitutions().values())
            .map(values -> sizeBytes(values.values()))
            .orElse(0L);
  }

  private static long sizeBytes(Collection<AttributeValue> values) {
    return values.stream().mapToLong(ItemSize::of).sum();
  }

  /**
   * Refuses a size above the limit. Only the words "size cannot exceed" of the service's text are
   * known.
   */
  private static void require(long sizeBytes) {
    if (sizeBytes > Limits.TRANSACTION_BYTES) {
      throw new ValidationException("Transaction request size cannot exceed 4 MB");
    }
  }
}
