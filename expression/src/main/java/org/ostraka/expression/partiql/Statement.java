package org.ostraka.expression.partiql;

import java.util.List;
import java.util.Optional;
import org.ostraka.expression.Condition;
import org.ostraka.model.Item;

/**
 * A statement of DynamoDB's PartiQL with its parameters replaced. Immutable.
 *
 * <p>"PartiQL - a SQL-compatible query language for Amazon DynamoDB" in the Developer Guide. Tables
 * are named as the statement names them: by name or ARN, which may be illegal.
 */
public sealed interface Statement {

  /** Reads items. See {@link ReadPlan} and {@link SingleItem}. */
  record Select(Source source, SelectList list, Optional<Condition> where, List<Ordering> orderBy)
      implements Statement {
    public Select {
      orderBy = List.copyOf(orderBy);
    }

    @Override
    public String table() {
      return source.table();
    }
  }

  /** Puts an item, which must not exist yet. */
  record Insert(String table, Item item) implements Statement {}

  /** Changes the one item that the condition names, which must exist. */
  record Update(
      String table,
      org.ostraka.expression.Update update,
      Optional<Condition> where,
      Optional<Returning> returning)
      implements Statement {}

  /** Deletes the one item that the condition names, if it exists. */
  record Delete(String table, Optional<Condition> where, boolean returnsOld) implements Statement {}

  /** A condition that a transaction checks: on one item, and on more than its key. */
  record Exists(Select select) implements Statement {
    @Override
    public String table() {
      return select.table();
    }
  }

  /** Returns the table's name or ARN. */
  String table();

  /** Returns true for statements that are allowed among reads; EXISTS is allowed among writes. */
  default boolean isRead() {
    return this instanceof Select;
  }
}
