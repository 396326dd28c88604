package org.ostraka.engine.partiql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.expression.partiql.Ordering;
import org.ostraka.expression.partiql.PartiqlStatement;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.KeyType;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ExecuteStatement;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.PageRequest;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.model.operation.ParameterizedStatement;
import org.ostraka.model.operation.Scan;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.testkit.random.Generator;
import org.ostraka.testkit.random.RandomCase;

/**
 * A SELECT shows what a scan shows that is filtered and sorted, whatever its plan and its pages.
 */
final class SelectPropertiesTest {
  private static final String TABLE = "votes";
  private static final TableKey KEY =
      new TableKey(
          new AttributeDefinition("pk", ScalarType.S),
          Optional.of(new AttributeDefinition("sk", ScalarType.N)));
  private static final int ITEMS = 120;
  private static final int STATEMENTS = 400;

  /** What may be read, and the key by which it lies: partition, then sort. */
  private static final List<Target> TARGETS =
      List.of(
          new Target(null, "pk", List.of("sk")),
          new Target("local", "pk", List.of("n")),
          new Target("global", "colour", List.of("n")),
          new Target("unsorted", "text", List.of()));

  private final TestEngine engine = new TestEngine();
  private final OperationHandler<ExecuteStatement.Request, ExecuteStatement.Response> handler =
      engine.operations().executeStatement();

  private record Target(@Nullable String index, String partition, List<String> sort) {}

  @BeforeEach
  void fill(TestInfo test) {
    engine.create(
        TABLE,
        KEY,
        List.of(
            new AttributeDefinition("colour", ScalarType.S),
            new AttributeDefinition("n", ScalarType.N),
            new AttributeDefinition("text", ScalarType.S)),
        List.of(index(TARGETS.get(1))),
        List.of(index(TARGETS.get(2)), index(TARGETS.get(3))));
    RandomGenerator random = RandomCase.of(test).branch(0);
    for (int i = 0; i < ITEMS; i++) {
      engine.put(TABLE, item(random));
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aSelectIsAScanFilteredAndSortedInPagesOfAnySize(TestInfo test) {
    RandomCase cases = RandomCase.of(test);
    int read = 0;
    for (int i = 1; i <= STATEMENTS; i++) {
      RandomGenerator random = cases.branch(i);
      Target target = Generator.oneOf(TARGETS).next(random);
      String text = "SELECT * FROM " + source(target) + where(target, random);
      if (agree(target, text, random)) {
        read++;
      }
    }
    assertThat(read).as("statements that are not refused").isGreaterThan(STATEMENTS / 2);
  }

  /** False for a statement that is refused, as one whose conditions overlap. */
  private boolean agree(Target target, String text, RandomGenerator random) {
    List<Item> whole;
    try {
      whole = select(text, 0);
    } catch (ValidationException refusal) {
      assertThat(refusal.text()).as(text).containsAnyOf("verlap", "Too many", "ORDER BY");
      return false;
    }
    Statement.Select select =
        (Statement.Select) PartiqlStatement.parse(text).bind(List.<AttributeValue>of());
    List<Item> expected =
        scan(target).stream()
            .filter(item -> select.where().map(where -> where.holds(item)).orElse(true))
            .toList();
    assertThat(whole).as(text).containsExactlyInAnyOrderElementsOf(expected);
    assertSorted(target, select, whole, text);
    for (int size : List.of(1, 2, 1 + random.nextInt(20), ITEMS + 1)) {
      assertThat(select(text, size)).as(text + " by " + size).isEqualTo(whole);
    }
    return true;
  }

  /** Within one partition the items come in the order of the sort key, in one direction. */
  private static void assertSorted(
      Target target, Statement.Select select, List<Item> items, String text) {
    Map<Optional<AttributeValue>, List<Item>> partitions =
        items.stream()
            .collect(
                Collectors.groupingBy(
                    item -> item.attribute(target.partition()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Optional<Ordering> sort =
        select.orderBy().stream()
            .filter(ordering -> target.sort().contains(ordering.attribute()))
            .findFirst();
    if (sort.isEmpty()) {
      return;
    }
    Comparator<Item> order =
        Comparator.comparing(
            item -> KeyEncoding.encode(item.attribute(sort.get().attribute()).orElseThrow()));
    partitions
        .values()
        .forEach(partition ->
            assertThat(partition)
                .as(text)
                .isSortedAccordingTo(sort.get().descending() ? order.reversed() : order));
  }

  private List<Item> select(String text, int size) {
    List<Item> items = new ArrayList<>();
    String token = null;
    do {
      ExecuteStatement.Response page =
          handler.handle(
              TestEngine.CALLER,
              new ExecuteStatement.Request(
                  new ParameterizedStatement(text, List.of(), null, false, false),
                  token,
                  size == 0 ? null : Integer.valueOf(size),
                  ReturnConsumedCapacity.NONE));
      items.addAll(page.items());
      token = page.nextToken();
      assertThat(page.lastEvaluatedKey() == null).isEqualTo(token == null);
    } while (token != null);
    assertThat(new HashSet<>(items)).as(text).hasSize(items.size());
    return items;
  }

  private List<Item> scan(Target target) {
    PageResponse page =
        engine
            .operations()
            .scan()
            .handle(
                TestEngine.CALLER,
                new Scan.Request(
                    TABLE,
                    null,
                    null,
                    new PageRequest(
                        target.index(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Substitutions.NONE,
                        false,
                        ReturnConsumedCapacity.NONE)));
    return Objects.requireNonNull(page.items());
  }

  private static String source(Target target) {
    return target.index() == null ? TABLE : TABLE + ".\"" + target.index() + "\"";
  }

  private static String where(Target target, RandomGenerator random) {
    int branches = random.nextInt(4) == 0 ? 2 : 1;
    String where =
        Stream.generate(() -> branch(target, random))
            .limit(branches)
            .collect(Collectors.joining(" OR "));
    if (random.nextInt(10) == 0) {
      return "";
    }
    return " WHERE " + where + orderBy(target, random);
  }

  private static String branch(Target target, RandomGenerator random) {
    List<String> parts = new ArrayList<>();
    String partition = target.partition();
    if (random.nextInt(8) > 0) {
      parts.add(
          random.nextInt(3) == 0
              ? partition + " IN [" + values(partition, random) + "]"
              : partition + " = " + value(partition, random));
    }
    for (String attribute : target.sort()) {
      for (int i = random.nextInt(3); i > 0; i--) {
        parts.add(test(attribute, random));
      }
    }
    if (parts.isEmpty() || random.nextInt(3) == 0) {
      parts.add(test(Generator.oneOf(List.of("n", "colour", "text", "sk")).next(random), random));
    }
    Collections.shuffle(parts, new java.util.Random(random.nextLong()));
    return "(" + String.join(" AND ", parts) + ")";
  }

  private static String test(String attribute, RandomGenerator random) {
    String value = value(attribute, random);
    return switch (random.nextInt(9)) {
      case 0 -> attribute + " = " + value;
      case 1 -> attribute + " < " + value;
      case 2 -> attribute + " <= " + value;
      case 3 -> value + " < " + attribute;
      case 4 -> attribute + " >= " + value;
      case 5 -> attribute + " BETWEEN " + bounds(attribute, random);
      case 6 -> attribute + " IN (" + values(attribute, random) + ")";
      case 7 -> "NOT (" + attribute + " = " + value + ")";
      default -> attribute.equals("text") ? "begins_with(text, 'x')" : attribute + " <> " + value;
    };
  }

  private static String bounds(String attribute, RandomGenerator random) {
    return Stream.generate(() -> value(attribute, random))
        .limit(2)
        .sorted(
            attribute.equals("n") || attribute.equals("sk")
                ? Comparator.comparingInt(Integer::parseInt)
                : Comparator.naturalOrder())
        .collect(Collectors.joining(" AND "));
  }

  private static String values(String attribute, RandomGenerator random) {
    return Stream.generate(() -> value(attribute, random))
        .limit(1 + random.nextInt(4))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String value(String attribute, RandomGenerator random) {
    return switch (attribute) {
      case "pk" -> "'p" + random.nextInt(4) + "'";
      case "colour" -> Generator.oneOf(List.of("'red'", "'green'", "'blue'")).next(random);
      case "text" -> Generator.oneOf(List.of("'x'", "'xx'", "'y'", "'xy'")).next(random);
      case "n" -> Integer.toString(random.nextInt(-3, 4));
      default -> Integer.toString(random.nextInt(-40, 40));
    };
  }

  private static String orderBy(Target target, RandomGenerator random) {
    if (random.nextInt(3) > 0) {
      return "";
    }
    return " ORDER BY "
        + Stream.concat(Stream.of(target.partition()), target.sort().stream())
            .map(name -> name + (random.nextInt(3) == 0 ? " DESC" : ""))
            .collect(Collectors.joining(", "));
  }

  private static Item item(RandomGenerator random) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (String name : List.of("pk", "sk", "colour", "n", "text")) {
      boolean key = name.equals("pk") || name.equals("sk");
      if (key || random.nextInt(6) > 0) {
        attributes.put(name, literal(value(name, random)));
      }
    }
    return new Item(attributes);
  }

  private static AttributeValue literal(String text) {
    Statement.Insert insert =
        (Statement.Insert)
            PartiqlStatement.parse("INSERT INTO t VALUE {'v': " + text + "}")
                .bind(List.<AttributeValue>of());
    return insert.item().attribute("v").orElseThrow();
  }

  private static NewIndex index(Target target) {
    List<KeySchemaElement> schema = new ArrayList<>();
    schema.add(new KeySchemaElement(target.partition(), KeyType.HASH));
    target.sort().forEach(name -> schema.add(new KeySchemaElement(name, KeyType.RANGE)));
    return new NewIndex(Objects.requireNonNull(target.index()), schema, "ALL", null, null, null);
  }
}
