package org.ostraka.expression.partiql;

import java.util.List;
import java.util.Optional;
import org.ostraka.expression.Condition;
import org.ostraka.expression.Values;
import org.ostraka.model.AttributeValue;

/** Statements in few words, for tests. */
final class Statements {
  private Statements() {}

  static Statement statement(String text, AttributeValue... parameters) {
    return PartiqlStatement.parse(text).bind(List.of(parameters));
  }

  static Statement.Select select(String text, AttributeValue... parameters) {
    return (Statement.Select) statement(text, parameters);
  }

  static Condition where(String condition, AttributeValue... parameters) {
    return select("SELECT * FROM t WHERE " + condition, parameters).where().orElseThrow();
  }

  static Optional<Condition> whereOf(String condition) {
    return Optional.of(where(condition));
  }

  static String error(String text, AttributeValue... parameters) {
    return Values.error(() -> statement(text, parameters));
  }
}
