package org.ostraka.engine.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.ostraka.model.AttributeAction;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.ComparisonOperator;
import org.ostraka.model.ConditionalOperator;
import org.ostraka.model.Item;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.testkit.random.Generator;

/** Random steps on few enough keys and attributes that they meet one another. Immutable. */
record Steps(TableKey key, List<NewIndex> indexes) implements Generator<Step> {
  /** Attributes of indexes' keys, with the type that they have in every item. */
  static final List<AttributeDefinition> INDEXED =
      List.of(
          new AttributeDefinition("g", ScalarType.S), new AttributeDefinition("h", ScalarType.N));

  private static final List<String> ATTRIBUTES = List.of("a", "b", "c", "d");
  private static final List<AttributeValue> TEXTS =
      List.of(text("a"), text("a\0"), text("ab"), text("b"), text("\uFFFD"), text("\uD83D\uDE00"));
  private static final List<AttributeValue> NUMBERS =
      List.of(
          number("-1E+10"),
          number("-2"),
          number("-1.5"),
          number("0"),
          number("0.001"),
          number("1"),
          number("1.5"),
          number("10"),
          number("1E+100"));
  private static final List<AttributeValue> BINARIES =
      List.of(binary(0), binary(0, 0), binary(1), binary(127), binary(128), binary(255));
  private static final List<AttributeValue> OTHERS =
      List.of(
          new AttributeValue.Bool(true),
          new AttributeValue.Null(),
          texts("a"),
          texts("a", "b"),
          texts("b", "c"),
          new AttributeValue.NS(new LinkedHashSet<>(List.of(BigDecimal.ONE, BigDecimal.TWO))),
          new AttributeValue.L(List.of(text("a"), number("1"))),
          new AttributeValue.M(Map.of("a", number("1"))));
  private static final int MAX_CHANGES = 3;
  private static final int MAX_TESTS = 3;
  private static final int MAX_PAGE = 4;
  private static final int MAX_SEGMENTS = 5;

  @Override
  public Step next(RandomGenerator random) {
    Step.Form form = random.nextBoolean() ? Step.Form.EXPRESSIONS : Step.Form.OLDER;
    int kind = random.nextInt(100);
    if (kind < 22) {
      return new Step.Put(form, item(random), check(random));
    } else if (kind < 26) {
      return batch(random);
    } else if (kind < 35) {
      return transaction(random);
    } else if (kind < 38) {
      return new Step.GetSeveral(distinct(random), random.nextBoolean());
    } else if (kind < 52) {
      return new Step.Update(form, keyItem(random), changes(random), check(random));
    } else if (kind < 62) {
      return new Step.Delete(form, keyItem(random), check(random));
    } else if (kind < 70) {
      return new Step.Get(form, keyItem(random), someOf(ATTRIBUTES, random));
    } else if (kind < 86) {
      Optional<NewIndex> index = index(random);
      List<AttributeDefinition> keys = keys(index);
      return new Step.Query(
          form,
          index,
          oneOf(values(keys.getFirst()), random),
          keys.stream()
              .skip(1)
              .findFirst()
              .filter(_ -> random.nextInt(3) > 0)
              .map(sort -> sortTest(sort, random)),
          check(random),
          random.nextBoolean(),
          random.nextInt(MAX_PAGE));
    } else if (kind < 95) {
      return new Step.Scan(
          form,
          index(random),
          check(random),
          1 + random.nextInt(MAX_SEGMENTS),
          random.nextInt(MAX_PAGE));
    } else if (kind < 98) {
      return switch (random.nextInt(random.nextInt(5) == 0 ? 7 : 6)) {
        case 6 -> new Step.Recreate();
        case 0, 1 -> new Step.AddIndex();
        case 2 -> new Step.RemoveIndex();
        default -> new Step.BuildIndex();
      };
    }
    return new Step.Restart();
  }

  private Step batch(RandomGenerator random) {
    List<Item> puts = new ArrayList<>();
    List<Item> deletes = new ArrayList<>();
    for (Item keyItem : distinct(random)) {
      if (random.nextInt(3) == 0) {
        deletes.add(keyItem);
      } else {
        puts.add(item(keyItem, random));
      }
    }
    return new Step.Batch(puts, deletes);
  }

  private Step transaction(RandomGenerator random) {
    List<Step.Action> actions = new ArrayList<>();
    for (Item keyItem : distinct(random)) {
      actions.add(action(keyItem, random));
    }
    return new Step.Transact(actions);
  }

  private Step.Action action(Item keyItem, RandomGenerator random) {
    List<Change> changes = changes(random);
    return switch (changes.isEmpty() ? 3 + random.nextInt(5) : random.nextInt(8)) {
      case 0, 1, 2 -> new Step.Action.Update(keyItem, changes, check(random));
      case 3, 4, 5 -> new Step.Action.Put(keyItem, item(keyItem, random), check(random));
      case 6 -> new Step.Action.Delete(keyItem, check(random));
      default ->
          new Step.Action.Require(
              keyItem, new Check(List.of(test("a", random)), ConditionalOperator.AND));
    };
  }

  /** One to five different keys. */
  private List<Item> distinct(RandomGenerator random) {
    Set<Item> keys = new LinkedHashSet<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      keys.add(keyItem(random));
    }
    return List.copyOf(keys);
  }

  private Optional<NewIndex> index(RandomGenerator random) {
    return indexes.isEmpty() || random.nextInt(3) == 0
        ? Optional.empty()
        : Optional.of(oneOf(indexes, random));
  }

  private List<AttributeDefinition> keys(Optional<NewIndex> index) {
    List<AttributeDefinition> all = new ArrayList<>(INDEXED);
    all.addAll(key.attributes());
    return index.isEmpty()
        ? key.attributes()
        : index.get().keySchema().stream()
            .flatMap(
                element -> all.stream().filter(each -> each.name().equals(element.attributeName())))
            .toList();
  }

  private static List<AttributeValue> values(AttributeDefinition attribute) {
    return values(attribute.type());
  }

  private static List<AttributeValue> values(ScalarType type) {
    return switch (type) {
      case S -> TEXTS;
      case N -> NUMBERS;
      case B -> BINARIES;
    };
  }

  private Item keyItem(RandomGenerator random) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    key.attributes()
        .forEach(attribute -> attributes.put(attribute.name(), oneOf(values(attribute), random)));
    return new Item(attributes);
  }

  private Item item(RandomGenerator random) {
    return item(keyItem(random), random);
  }

  private static Item item(Item keyItem, RandomGenerator random) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(keyItem.attributes());
    someOf(ATTRIBUTES, random).forEach(name -> attributes.put(name, value(random)));
    for (AttributeDefinition indexed : INDEXED) {
      if (random.nextInt(4) > 0) {
        attributes.put(indexed.name(), oneOf(values(indexed), random));
      }
    }
    return new Item(attributes);
  }

  private static AttributeValue value(RandomGenerator random) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> oneOf(NUMBERS, random);
      case 2 -> oneOf(TEXTS, random);
      case 3 -> oneOf(BINARIES, random);
      default -> oneOf(OTHERS, random);
    };
  }

  private static List<Change> changes(RandomGenerator random) {
    List<Change> changes = new ArrayList<>();
    for (String attribute : someOf(ATTRIBUTES, random)) {
      if (changes.size() < MAX_CHANGES) {
        changes.add(change(attribute, random));
      }
    }
    for (AttributeDefinition indexed : INDEXED) {
      if (random.nextInt(4) == 0) {
        Optional<AttributeValue> value = Optional.of(oneOf(values(indexed), random));
        changes.add(
            random.nextInt(3) == 0
                ? new Change(indexed.name(), AttributeAction.DELETE, Optional.empty())
                : new Change(indexed.name(), AttributeAction.PUT, value));
      }
    }
    return changes;
  }

  private static Change change(String attribute, RandomGenerator random) {
    AttributeValue set = random.nextBoolean() ? texts("a") : texts("a", "b", "c");
    return switch (random.nextInt(5)) {
      case 0 -> new Change(attribute, AttributeAction.ADD, Optional.of(oneOf(NUMBERS, random)));
      case 1 -> new Change(attribute, AttributeAction.ADD, Optional.of(set));
      case 2 -> new Change(attribute, AttributeAction.DELETE, Optional.of(set));
      case 3 -> new Change(attribute, AttributeAction.DELETE, Optional.empty());
      default -> new Change(attribute, AttributeAction.PUT, Optional.of(value(random)));
    };
  }

  private static Check check(RandomGenerator random) {
    if (random.nextBoolean()) {
      return Check.NONE;
    }
    List<Check.Test> tests = new ArrayList<>();
    for (String attribute : someOf(ATTRIBUTES, random)) {
      if (tests.size() < MAX_TESTS) {
        tests.add(test(attribute, random));
      }
    }
    ConditionalOperator joined =
        tests.size() > 1 && random.nextBoolean() ? ConditionalOperator.OR : ConditionalOperator.AND;
    return new Check(tests, joined);
  }

  private static Check.Test test(String attribute, RandomGenerator random) {
    ComparisonOperator operator = oneOf(List.of(ComparisonOperator.values()), random);
    List<AttributeValue> scalars = values(oneOf(List.of(ScalarType.values()), random));
    List<AttributeValue> values =
        switch (operator) {
          case NULL, NOT_NULL -> List.of();
          case EQ, NE -> List.of(value(random));
          case LE, LT, GE, GT -> List.of(oneOf(scalars, random));
          case BETWEEN -> bounds(scalars, random);
          case IN -> List.of(oneOf(scalars, random), oneOf(scalars, random));
          case CONTAINS, NOT_CONTAINS ->
              List.of(oneOf(random.nextBoolean() ? TEXTS : NUMBERS, random));
          case BEGINS_WITH -> List.of(oneOf(TEXTS, random));
        };
    return new Check.Test(attribute, operator, values);
  }

  private static Step.SortTest sortTest(AttributeDefinition sort, RandomGenerator random) {
    List<ComparisonOperator> operators =
        new ArrayList<>(
            List.of(
                ComparisonOperator.EQ,
                ComparisonOperator.LE,
                ComparisonOperator.LT,
                ComparisonOperator.GE,
                ComparisonOperator.GT,
                ComparisonOperator.BETWEEN));
    if (sort.type() == ScalarType.S) {
      operators.add(ComparisonOperator.BEGINS_WITH);
    }
    ComparisonOperator operator = oneOf(operators, random);
    return new Step.SortTest(
        operator,
        operator == ComparisonOperator.BETWEEN
            ? bounds(values(sort), random)
            : List.of(oneOf(values(sort), random)));
  }

  private static List<AttributeValue> bounds(List<AttributeValue> values, RandomGenerator random) {
    List<AttributeValue> bounds =
        new ArrayList<>(List.of(oneOf(values, random), oneOf(values, random)));
    bounds.sort(ValueOrdering.INSTANCE);
    return bounds;
  }

  private static List<String> someOf(List<String> names, RandomGenerator random) {
    List<String> some = new ArrayList<>(names.stream().filter(_ -> random.nextBoolean()).toList());
    Collections.shuffle(some, new java.util.Random(random.nextLong()));
    return some;
  }

  private static <T> T oneOf(List<T> values, RandomGenerator random) {
    return values.get(random.nextInt(values.size()));
  }

  private static AttributeValue text(String text) {
    return new AttributeValue.S(text);
  }

  private static AttributeValue texts(String... texts) {
    return new AttributeValue.SS(new LinkedHashSet<>(List.of(texts)));
  }

  private static AttributeValue number(String number) {
    return new AttributeValue.N(new BigDecimal(number));
  }

  private static AttributeValue binary(int... bytes) {
    return new AttributeValue.B(Bytes.of(bytes));
  }
}
