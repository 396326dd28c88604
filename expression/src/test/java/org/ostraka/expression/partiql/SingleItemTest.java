package org.ostraka.expression.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.expression.Values.bool;
import static org.ostraka.expression.Values.error;
import static org.ostraka.expression.Values.item;
import static org.ostraka.expression.Values.n;
import static org.ostraka.expression.Values.s;
import static org.ostraka.expression.partiql.Statements.select;
import static org.ostraka.expression.partiql.Statements.statement;
import static org.ostraka.expression.partiql.Statements.whereOf;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;

/** The statements that name one item. */
final class SingleItemTest {
  private static final TableKey KEY =
      new TableKey(
          new AttributeDefinition("pk", ScalarType.S),
          Optional.of(new AttributeDefinition("sk", ScalarType.N)));
  private static final String NO_KEY =
      "Where clause does not contain a mandatory equality on all key attributes";

  private static SingleItem changedBy(String condition) {
    return SingleItem.changedBy(whereOf(condition), KEY);
  }

  @Test
  void theKeyIsTakenOutOfTheClause() {
    assertThat(changedBy("sk = 1 AND pk = 'a'"))
        .isEqualTo(new SingleItem(item("pk", s("a"), "sk", n("1")), Optional.empty()));
    assertThat(changedBy("x = 1 AND ('a' = pk AND y = 2) AND sk = 1 AND sk < 5"))
        .isEqualTo(
            new SingleItem(
                item("pk", s("a"), "sk", n("1")), whereOf("x = 1 AND y = 2 AND sk < 5")));
  }

  @Test
  void aKeyOfAWrongTypeIsLeftToItsUser() {
    assertThat(changedBy("sk = TRUE AND pk = 1").key())
        .isEqualTo(item("pk", n("1"), "sk", bool(true)));
  }

  // The text: floci, DynamoDbPartiQLHandler. That a range will not do: awsdocs issue 280 of
  // amazon-dynamodb-developer-guide.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pk = 'a'",
        "sk = 1",
        "pk = 'a' AND sk > 1",
        "pk = 'a' AND (sk = 1 OR sk = 2)",
        "pk = 'a' OR sk = 1",
        "pk = 'a' AND sk = x",
        "pk IN ['a', 'b'] AND sk = 1",
      })
  void aChangeNamesTheWholeKey(String condition) {
    assertThat(error(() -> changedBy(condition))).isEqualTo(NO_KEY);
  }

  @Test
  void aChangeHasAClause() {
    assertThat(error(() -> SingleItem.changedBy(Optional.empty(), KEY))).isEqualTo(NO_KEY);
  }

  // floci, DynamoDbPartiQLHandler.
  @Test
  void aKeyAttributeHasOneValue() {
    assertThat(changedBy("pk = 'a' AND sk = 1 AND pk = 'a'").condition()).isEmpty();
    assertThat(error(() -> changedBy("pk = 'a' AND pk = 'b' AND sk = 1")))
        .isEqualTo(
            "Multiple conditions on same key pk. Only single item Update/Insert/Delete are"
                + " supported");
  }

  private static SingleItem checkedBy(String condition) {
    String text = "EXISTS(SELECT * FROM t WHERE " + condition + ")";
    return SingleItem.checkedBy((Statement.Exists) statement(text), KEY);
  }

  // floci, DynamoDbPartiQLHandler.
  @Test
  void aCheckAsksForMoreThanTheKey() {
    assertThat(checkedBy("pk = 'a' AND sk = 1 AND x IS MISSING").condition())
        .isEqualTo(whereOf("x IS MISSING"));
    String message = "EXISTS() must contain a single item read with additional condition";
    assertThat(error(() -> checkedBy("pk = 'a' AND sk = 1"))).isEqualTo(message);
    assertThat(error(() -> checkedBy("pk = 'a' AND x IS MISSING"))).isEqualTo(message);
  }

  // floci, DynamoDbPartiQLHandler.
  @Test
  void aReadInATransactionAsksForTheKeyOnly() {
    assertThat(
            SingleItem.readBy(
                select("SELECT a FROM t WHERE pk IN ['a'] AND sk = 1"), KEY, "ExecuteTransaction"))
        .isEqualTo(item("pk", s("a"), "sk", n("1")));
    Statement.Select more = select("SELECT * FROM t WHERE pk = 'a' AND sk = 1 AND x = 1");
    assertThat(error(() -> SingleItem.readBy(more, KEY, "ExecuteTransaction")))
        .isEqualTo(
            "Select statements within ExecuteTransaction must specify the primary key in the where"
                + " clause.");
  }
}
