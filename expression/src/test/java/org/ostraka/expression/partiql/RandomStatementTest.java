package org.ostraka.expression.partiql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.expression.Comparison;
import org.ostraka.expression.Condition;
import org.ostraka.expression.ExpressionLimits;
import org.ostraka.expression.KeyCondition;
import org.ostraka.expression.Operand;
import org.ostraka.expression.Path;
import org.ostraka.expression.Seeds;
import org.ostraka.expression.SetValue;
import org.ostraka.expression.Trees;
import org.ostraka.expression.Update;
import org.ostraka.expression.UpdateAction;
import org.ostraka.expression.UpdateOperand;
import org.ostraka.expression.Values;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;

/** Properties of random statements: see {@link Seeds} for how to repeat a failure. */
final class RandomStatementTest {
  private static final TableKey KEY =
      new TableKey(
          new AttributeDefinition("pk", ScalarType.S),
          Optional.of(new AttributeDefinition("sk", ScalarType.N)));

  private static final String[] PIECES = {
    "SELECT ",
    "select * from t where ",
    "UPDATE t SET ",
    "FROM t WHERE a = 1 SET ",
    "INSERT INTO t VALUE ",
    "DELETE FROM ",
    "EXISTS(",
    "REMOVE ",
    " WHERE ",
    " FROM ",
    " ORDER BY ",
    " RETURNING ",
    "ALL OLD *",
    " AND ",
    " OR ",
    " NOT ",
    " IN ",
    " BETWEEN ",
    " IS ",
    "MISSING",
    "NULL",
    "TRUE",
    "set_add(",
    "size(",
    "begins_with(",
    "attribute_type(",
    "list_append(",
    "count(",
    "attribute_exists(a)",
    "STRING",
    "DOUBLE PRECISION",
    " AS ",
    " SET ",
    "a",
    "b1",
    "\"x y\"",
    "'s'",
    "''",
    "\"\"",
    "'",
    "\"",
    "1",
    "-1",
    "1.5e2",
    "1e",
    "0",
    ".",
    "..",
    ",",
    "?",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<<",
    ">>",
    "<",
    ">",
    "=",
    "<>",
    "!=",
    "+",
    "-",
    "--",
    "/*",
    "*/",
    "*",
    ":",
    ";",
    " ",
    "\n",
    "\r",
    "\t",
    "`",
    "|",
    "||",
    "@",
    "#",
    "é",
    "𝄞",
    "\uD800",
    "\0",
    "pk = 'a'",
    "sk > 1",
    "a = ?",
    "[1, 'b']",
    "{'a': 1}",
    "LIMIT 1",
    "date",
    "a.b[0]"
  };

  /** Statements of all kinds that text can say, around the trees of expressions. */
  private record Made(Trees trees) {

    Statement statement() {
      return trees.oneOf(
          List.<Supplier<Statement>>of(
              this::select,
              () -> new Statement.Exists(select()),
              () -> new Statement.Insert(name(), trees.item()),
              this::update,
              () -> new Statement.Delete(name(), where(), trees.below(2) == 0)));
    }

    private String name() {
      return trees.name();
    }

    private Optional<Condition> where() {
      return switch (trees.below(4)) {
        case 0 -> Optional.empty();
        case 1 -> Optional.of(compared());
        default -> Optional.of(trees.condition(3));
      };
    }

    /** A condition that is compared as a boolean. */
    private Condition compared() {
      Operand truth = new Operand.Truth(trees.condition(2));
      Operand other =
          trees.below(2) == 0
              ? new Operand.Truth(trees.condition(1))
              : new Operand.Attribute(trees.path());
      return trees.below(2) == 0
          ? new Condition.Compare(Comparison.EQUAL, truth, other)
          : new Condition.In(truth, List.of(other));
    }

    private Statement.Select select() {
      Source source =
          new Source(name(), trees.below(2) == 0 ? Optional.empty() : Optional.of(name()));
      List<Ordering> orderBy = trees.several(0, 2, () -> new Ordering(name(), trees.below(2) == 0));
      return new Statement.Select(
          source, new SelectList(trees.several(0, 3, trees::path)), where(), orderBy);
    }

    private Statement update() {
      Optional<Returning> returning =
          trees.below(2) == 0
              ? Optional.empty()
              : Optional.of(List.of(Returning.values()).get(trees.below(4)));
      while (true) {
        Optional<Update> update = trees.update().filter(Made::isPartiql);
        if (update.isPresent()) {
          return new Statement.Update(name(), update.get(), where(), returning);
        }
      }
    }

    private static boolean isPartiql(Update update) {
      return !update.actions().isEmpty() && update.actions().stream().allMatch(Made::isPartiql);
    }

    private static boolean isPartiql(UpdateAction action) {
      return switch (action) {
        case UpdateAction.Set(_, SetValue.Plain(UpdateOperand operand)) -> isPartiql(operand);
        case UpdateAction.Set _, UpdateAction.Remove _, UpdateAction.Delete _ -> true;
        case UpdateAction.Add(_, AttributeValue value) -> !(value instanceof AttributeValue.N);
      };
    }

    private static boolean isPartiql(UpdateOperand operand) {
      return switch (operand) {
        case UpdateOperand.Attribute _, UpdateOperand.Literal _ -> true;
        case UpdateOperand.IfNotExists _ -> false;
        case UpdateOperand.ListAppend(UpdateOperand a, UpdateOperand b) ->
            isPartiql(a) && isPartiql(b);
      };
    }
  }

  @Test
  void statementsPrintToTextThatParsesToThem(TestInfo test) {
    Seeds.forEach(
        test,
        4_000,
        seed -> {
          Statement statement = new Made(new Trees(seed)).statement();
          StatementText text = StatementText.of(statement);
          assertThat(PartiqlStatement.parse(text.text()).bind(text.parameters()))
              .isEqualTo(statement);
        });
  }

  @Test
  void randomTextIsReadOrRefusedAndNothingElse(TestInfo test) {
    Seeds.forEach(
        test,
        200_000,
        seed -> {
          try {
            PartiqlStatement parsed = PartiqlStatement.parse(text(seed));
            List<AttributeValue> parameters = new ArrayList<>();
            for (int i = 0; i < parsed.parameterCount(); i++) {
              parameters.add(new Trees(seed + i).value(2));
            }
            use(parsed.bind(parameters), new Trees(seed).item());
          } catch (ValidationException expected) {
            assertThat(expected.text()).isNotEmpty();
          }
        });
  }

  private static String text(long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(random.nextBoolean() ? PIECES[random.nextInt(6)] : "");
    int pieces = 1 + random.nextInt(random.nextInt(50) == 0 ? 400 : 14);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static void use(Statement statement, Item item) {
    switch (statement) {
      case Statement.Select select -> {
        select.list().of(item);
        ReadPlan.of(select, KEY);
      }
      case Statement.Exists exists -> SingleItem.checkedBy(exists, KEY);
      case Statement.Insert insert -> insert.item().sizeBytes();
      case Statement.Update update -> {
        SingleItem.changedBy(update.where(), KEY);
        update.update().apply(item);
      }
      case Statement.Delete delete -> SingleItem.changedBy(delete.where(), KEY);
    }
    assertThat(StatementText.of(statement).text()).isNotEmpty();
  }

  /** Conditions and items of few values, so that they often meet. */
  private record Keys(Trees trees) {
    Condition condition(int depth) {
      if (depth > 0 && trees.below(3) > 0) {
        List<Condition> parts = trees.several(2, 3, () -> condition(depth - 1));
        return trees.below(3) > 0 ? new Condition.And(parts) : new Condition.Or(parts);
      }
      return switch (trees.below(7)) {
        case 6 -> new Condition.Not(compare(Comparison.EQUAL, "sk", number()));
        case 0, 1 -> compare(Comparison.EQUAL, "pk", partition());
        case 2 ->
            new Condition.In(
                Operand.attribute("pk"),
                trees.several(1, 2, () -> new Operand.Literal(partition())));
        case 3 -> compare(List.of(Comparison.values()).get(trees.below(6)), "sk", number());
        case 4 -> between();
        default -> compare(Comparison.EQUAL, "x", number());
      };
    }

    private static Condition compare(Comparison comparison, String name, AttributeValue value) {
      return new Condition.Compare(comparison, Operand.attribute(name), new Operand.Literal(value));
    }

    private Condition between() {
      int lower = trees.below(4);
      return new Condition.Between(
          Operand.attribute("sk"),
          new Operand.Literal(Values.n("" + lower)),
          new Operand.Literal(Values.n("" + (lower + trees.below(2)))));
    }

    AttributeValue partition() {
      return Values.s("" + (char) ('a' + trees.below(3)));
    }

    AttributeValue number() {
      return Values.n("" + trees.below(4));
    }

    Item item() {
      Map<String, AttributeValue> item = new LinkedHashMap<>();
      item.put("pk", partition());
      item.put("sk", number());
      if (trees.below(2) == 0) {
        item.put("x", number());
      }
      return new Item(item);
    }
  }

  @Test
  void aPlanFindsWhatTheClauseAsksForAndFindsItOnce(TestInfo test) {
    Seeds.forEach(
        test,
        20_000,
        seed -> {
          Keys keys = new Keys(new Trees(seed));
          Condition where = keys.condition(3);
          Statement.Select select =
              new Statement.Select(
                  new Source("t", Optional.empty()),
                  SelectList.EVERYTHING,
                  Optional.of(where),
                  List.of());
          ReadPlan plan;
          try {
            plan = ReadPlan.of(select, KEY);
          } catch (ValidationException refused) {
            assertThat(refused.text()).matches("Overlapping conditions .*|Too many decomposed .*");
            return;
          }
          for (int i = 0; i < 10; i++) {
            Item item = keys.item();
            assertThat(times(plan, item)).isEqualTo(where.holds(item) ? 1 : 0);
          }
        });
  }

  private static long times(ReadPlan plan, Item item) {
    return switch (plan) {
      case ReadPlan.Scan(Optional<Condition> filter) -> holds(filter, item) ? 1 : 0;
      case ReadPlan.Keyed(List<ReadPlan.Read> reads) ->
          reads.stream()
              .filter(read -> reaches(read.key(), item) && holds(read.filter(), item))
              .count();
    };
  }

  private static boolean holds(Optional<Condition> filter, Item item) {
    return filter.isEmpty() || filter.get().holds(item);
  }

  private static boolean reaches(KeyCondition key, Item item) {
    boolean partition = Path.of("pk").find(item).equals(Optional.of(key.partition().getFirst()));
    return partition
        && key.sort().stream().allMatch(test -> new KeyLeaf("sk", test).condition().holds(item));
  }

  @Test
  void aNamedItemAndItsConditionAreTheClause(TestInfo test) {
    Seeds.forEach(
        test,
        20_000,
        seed -> {
          Keys keys = new Keys(new Trees(seed));
          Condition where =
              new Condition.And(
                  List.of(
                      keys.condition(2),
                      Keys.compare(Comparison.EQUAL, "pk", keys.partition()),
                      Keys.compare(Comparison.EQUAL, "sk", keys.number())));
          SingleItem named;
          try {
            named = SingleItem.changedBy(Optional.of(where), KEY);
          } catch (ValidationException refused) {
            assertThat(refused.text()).startsWith("Multiple conditions on same key");
            return;
          }
          Map<String, AttributeValue> there = new LinkedHashMap<>(keys.item().attributes());
          there.putAll(named.key().attributes());
          Item item = new Item(there);
          assertThat(holds(named.condition(), item)).isEqualTo(where.holds(item));
        });
  }

  @Test
  void longestStatementsAreReadWithoutTrouble() {
    int chars = Limits.STATEMENT_CHARS;
    for (String piece : List.of("(", "[", "<<", "{'a':", "NOT ", "- ", "a.", "a[", "a AND ")) {
      String text = "SELECT * FROM t WHERE " + piece.repeat(chars / piece.length());
      assertThat(Values.error(() -> PartiqlStatement.parse(text).bind(List.of())))
          .isNotEqualTo("no error");
    }
    String path = "a" + ".a".repeat(ExpressionLimits.PATH_ELEMENTS);
    assertThat(Values.error(() -> Statements.where(path + " = 1")))
        .isEqualTo("The document path has too many nesting levels; nesting levels: 33");
  }
}
