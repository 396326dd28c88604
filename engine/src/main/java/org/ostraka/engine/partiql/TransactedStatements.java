package org.ostraka.engine.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.catalogue.TableUses;
import org.ostraka.engine.index.entry.IndexKeyRules;
import org.ostraka.engine.item.ItemKey;
import org.ostraka.engine.item.ItemRead;
import org.ostraka.engine.item.ItemWrite;
import org.ostraka.expression.partiql.SingleItem;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.CancellationReason;
import org.ostraka.model.Item;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.TransactionCanceledException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ParameterizedStatement;
import org.ostraka.storage.Guard;

/**
 * The statements of one transaction, as reads or writes of one item each. One thread.
 *
 * <p>A problem of a statement itself is reported with the statement's place. A table that does not
 * exist and a key that does not fit its table cancel the transaction, with a reason for every
 * statement (floci's {@code DynamoDbJsonHandler} and {@code DynamoDbPartiQLHandler}, September
 * 2026, which have it from the service).
 */
final class TransactedStatements {
  private final TableUses tables;
  private final List<Statement> statements;
  private final List<ParameterizedStatement> asked;
  private final List<CancellationReason> reasons = new ArrayList<>();

  TransactedStatements(
      TableUses tables, List<Statement> statements, List<ParameterizedStatement> asked) {
    this.tables = tables;
    this.statements = statements;
    this.asked = asked;
  }

  /** Adds the statement's place to the message of a problem. */
  static <T> T placed(int index, Supplier<T> looking) {
    try {
      return looking.get();
    } catch (ValidationException problem) {
      throw new ValidationException(
          "Validation failed in TransactStatements[" + index + "]: " + problem.text());
    }
  }

  /** Returns the guards of the decision on all statements. */
  List<Guard> guards() {
    return tables.guards();
  }

  /**
   * Returns the reads, in order.
   *
   * @throws TransactionCanceledException when one of them does not fit its table
   */
  List<ItemRead> reads() {
    return all(index -> read(index, (Statement.Select) statements.get(index)));
  }

  /** Returns the writes, in order; see {@link #reads}. */
  List<ItemWrite> writes() {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Insert insert) {
        ItemWrite.requireSize(insert.item());
      }
    }
    return all(this::write);
  }

  private <T> List<T> all(Function<Integer, Optional<T>> making) {
    List<T> made = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      making
          .apply(i)
          .ifPresent(each -> {
            made.add(each);
            reasons.add(CancellationReason.NONE);
          });
    }
    if (made.size() < statements.size()) {
      throw new TransactionCanceledException(reasons);
    }
    return made;
  }

  private Optional<ItemRead> read(int index, Statement.Select select) {
    Optional<TableUse> table = table(select);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Item key =
        placed(
            index,
            () -> {
              if (select.source().index().isPresent()) {
                throw new ValidationException(
                    "Reads on indices are not supported within transactions.");
              }
              Item named = SingleItem.readBy(select, table.get().key(), "ExecuteTransaction");
              Statements.requireSimpleKeys(table.get());
              return named;
            });
    ItemKey.refuseEmpty(key);
    return fitting(() -> ItemRead.of(table.get(), key, select.list()));
  }

  private Optional<ItemWrite> write(int index) {
    Statement statement = statements.get(index);
    Optional<TableUse> table = table(statement);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    refuseWrite(index, statement, table.get());
    key(statement, table.get()).ifPresent(ItemKey::refuseEmpty);
    if (statement instanceof Statement.Insert insert) {
      IndexKeyRules.refuseEmpty(table.get(), insert.item());
    } else if (statement instanceof Statement.Update update) {
      IndexKeyRules.refuseEmpty(table.get(), update.update());
    }
    return fitting(() -> {
      requireOneItem(statement, table.get());
      return StatementWrite.of(table.get(), statement, asked.get(index).returnsItem());
    });
  }

  /** Refuses what no transaction may write, and reports the statement's place. */
  private static void refuseWrite(int index, Statement statement, TableUse table) {
    placed(
        index,
        () -> {
          if (StatementWrite.returns(statement)) {
            throw new ValidationException(
                "RETURNING clause is not supported in ExecuteTransaction.");
          }
          if (statement instanceof Statement.Exists exists) {
            SingleItem.checkedBy(exists, table.key());
          }
          Statements.requireSimpleKeys(table);
          return statement;
        });
  }

  /**
   * Refuses a change whose clause names no item, or several. Within transactions the message is
   * that of a key that does not fit.
   */
  private static void requireOneItem(Statement statement, TableUse table) {
    boolean changes =
        statement instanceof Statement.Update || statement instanceof Statement.Delete;
    if (changes && key(statement, table).isEmpty()) {
      throw new ValidationException("The provided key element does not match the schema");
    }
  }

  /** Returns the key of the one item that a statement names; empty when it does not name one. */
  private static Optional<Item> key(Statement statement, TableUse table) {
    try {
      return Optional.of(
          switch (statement) {
            case Statement.Insert insert -> ItemKey.within(table.key(), insert.item());
            case Statement.Update update -> SingleItem.changedBy(update.where(), table.key()).key();
            case Statement.Delete delete -> SingleItem.changedBy(delete.where(), table.key()).key();
            case Statement.Exists exists -> SingleItem.checkedBy(exists, table.key()).key();
            case Statement.Select _ ->
                throw new IllegalArgumentException("a SELECT is not among writes");
          });
    } catch (ValidationException _) {
      return Optional.empty();
    }
  }

  private Optional<TableUse> table(Statement statement) {
    Optional<TableUse> table =
        Statements.mayName(statement.table()) ? tables.find(statement.table()) : Optional.empty();
    if (table.isEmpty()) {
      ResourceNotFoundException missing = Statements.notFound();
      reasons.add(CancellationReason.notFound(missing.text()));
    }
    return table;
  }

  private <T> Optional<T> fitting(Supplier<T> making) {
    try {
      return Optional.of(making.get());
    } catch (ValidationException problem) {
      reasons.add(CancellationReason.invalid(problem.text()));
      return Optional.empty();
    }
  }
}
