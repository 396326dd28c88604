package org.ostraka.server.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ComparisonOperator;
import org.ostraka.testkit.random.Generator;
import org.ostraka.testkit.random.Items;

/**
 * Generates bodies of requests from the shape that an operation declares. Most are sound; some have
 * a member of the wrong type. One thread.
 */
final class Bodies {
  /** Words for damaged bodies: pieces of JSON, pieces of requests, and others. */
  static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "null",
          "true",
          "\"false\"",
          "-1",
          "0",
          "-0",
          "01",
          "1e999999999",
          "1e-99999999",
          "-1e-2147483647",
          "1e2147483647",
          "99999999999999999999",
          "9223372036854775807",
          "0.5",
          "1.",
          ".5",
          "+1",
          "NaN",
          "Infinity",
          "\"\\ud800\"",
          "\"\\udc00x\"",
          "\\ud83d",
          "\\u0000",
          "\\u00",
          "\\x",
          "\\",
          "\u0000",
          "\u007f",
          "\u00ff",
          "\ud83d\ude00",
          "\ufeff",
          "\"S\"",
          "\"N\":\"1\",",
          "\"M\":",
          "\"L\":",
          "\"BS\"",
          "\"NULL\"",
          "\"TableName\":",
          "\"Item\"",
          "\"Key\":{",
          "\"Limit\":",
          "{\"S\":\"x\"}",
          "{\"M\":{\"a\":",
          "{\"L\":[",
          "{\"NS\":[]}",
          "{\"B\":\"AA=\"}",
          "arn:aws:dynamodb:",
          "//",
          "/*",
          "#",
          "\r\n",
          " ");

  private static final List<String> COMPARISON_OPERATORS =
      Stream.of(ComparisonOperator.values()).map(Enum::name).toList();

  /** The placeholders of values in expressions. */
  private static final List<String> VALUES = List.of(":k", ":n", ":o", ":l", ":s", ":v");

  private static final Map<String, List<String>> TEXTS =
      Map.ofEntries(
          Map.entry("TableName", usually("items", "orders", "a/b", "")),
          Map.entry("ExclusiveStartTableName", List.of("abc", "items")),
          Map.entry("BillingMode", List.of("PROVISIONED", "PAY_PER_REQUEST")),
          Map.entry("TableClass", List.of("STANDARD", "STANDARD_INFREQUENT_ACCESS", "x")),
          Map.entry("AttributeName", usually("id", "a", "")),
          Map.entry("AttributeType", usually("S", "N", "B", "BOOL")),
          Map.entry("KeyType", usually("HASH", "RANGE")),
          Map.entry(
              "ReturnValues", List.of("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW")),
          Map.entry("ReturnConsumedCapacity", List.of("INDEXES", "TOTAL", "NONE")),
          Map.entry("ReturnItemCollectionMetrics", List.of("SIZE", "NONE")),
          Map.entry("ReturnValuesOnConditionCheckFailure", List.of("ALL_OLD", "NONE")),
          Map.entry(
              "ConditionExpression",
              List.of(
                  "attribute_not_exists(id)",
                  "attribute_exists(#k) OR a < :n",
                  "size(b) > :n AND NOT contains(#c, :v)",
                  "a BETWEEN :n AND :o OR c[0].d IN (:v, :n)")),
          Map.entry(
              "UpdateExpression",
              List.of(
                  "SET a = :v",
                  "SET a = if_not_exists(a, :n) + :n REMOVE #c",
                  "SET #c = list_append(if_not_exists(#c, :l), :l)",
                  "ADD a :n DELETE b :s",
                  "REMOVE c[0], #k")),
          Map.entry("KeyConditionExpression", usually("id = :k", "id = :k AND a > :n", "id > :k")),
          Map.entry("FilterExpression", List.of("a < :n", "NOT contains(#c, :v) OR size(b) > :n")),
          Map.entry("ConditionalOperator", List.of("AND", "OR")),
          Map.entry("ComparisonOperator", COMPARISON_OPERATORS),
          Map.entry("Action", List.of("ADD", "PUT", "DELETE")),
          Map.entry(
              "Select",
              List.of(
                  "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES")),
          Map.entry(
              "Statement",
              List.of(
                  "SELECT * FROM items",
                  "SELECT a, b.c[0] FROM items WHERE id = 'k1' AND (a < 5 OR NOT contains(c, 'x'))",
                  "SELECT * FROM items WHERE id IN ['k1', 'k2', 'k3'] ORDER BY id DESC",
                  "SELECT * FROM items WHERE id = ? AND a BETWEEN ? AND ?",
                  "INSERT INTO items VALUE {'id': 'k1', 'a': 1, 'b': <<'x'>>, 'c': [{'d': null}]}",
                  "INSERT INTO items VALUE {'id': ?, 'a': ?}",
                  "UPDATE items SET a = a + 1 REMOVE c[0] WHERE id = 'k2' RETURNING MODIFIED NEW *",
                  "UPDATE items SET b = set_add(b, <<'y'>>) WHERE id = ?",
                  "DELETE FROM items WHERE id = 'k3' AND a IS MISSING RETURNING ALL OLD *",
                  "EXISTS(SELECT * FROM items WHERE id = 'k4' AND a > 3)")),
          Map.entry("ProjectionExpression", List.of("a", "#k, c[0].d, b", "#c.#k")));

  private static final Generator<String> OTHER_TEXT =
      Generator.oneOf(
          List.of("items", "arn:aws:dynamodb:eu-central-1:000000000000:table/items", "x"));

  private static final Generator<String> NUMBER =
      Generator.oneOf(List.of("1", "5", "10", "1e1", "5.0", "-1", "0", "40001", "1e30", "0.1"));

  private static final Generator<String> WRONG =
      Generator.oneOf(
          List.of("null", "7", "1.5", "\"x\"", "true", "[]", "{}", "[null]", "{\"a\":1}"));

  private static final Pattern PLACEHOLDER = Pattern.compile("[#:]\\w+");

  private static final Set<String> OLDER = Set.of("AttributesToGet", "ConditionalOperator");

  private final RandomGenerator random;
  private final boolean older;
  private final List<String> placeholders = new ArrayList<>();

  private Bodies(RandomGenerator random) {
    this.random = random;
    this.older = random.nextInt(3) == 0;
  }

  static String of(Shape.Structure shape, RandomGenerator random) {
    return new Bodies(random).structure(shape);
  }

  /** Returns the words with the first one nine times. */
  private static List<String> usually(String first, String... others) {
    return Stream.concat(Collections.nCopies(9, first).stream(), Stream.of(others)).toList();
  }

  private String structure(Shape.Structure structure) {
    Map<String, String> members = new LinkedHashMap<>();
    for (Shape.Member member : structure.members()) {
      if (isWanted(member)) {
        members.put(member.name(), oftenRight(member.shape(), member.name()));
      }
    }
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /**
   * Returns whether to add a member. Placeholders are added when an earlier expression has some;
   * older forms are mostly left out beside expressions.
   */
  private boolean isWanted(Shape.Member member) {
    boolean mixed = random.nextInt(20) == 0;
    return switch (member.shape()) {
      case Shape.TextMap _ -> placeholders.stream().anyMatch(each -> each.startsWith("#"));
      case Shape.SubstitutedValues _ ->
          placeholders.stream().anyMatch(each -> each.startsWith(":"));
      case Shape.Later _ -> random.nextInt(200) == 0;
      case Shape.MapOf _ -> (older || mixed) && random.nextBoolean();
      default -> isAmong(member, mixed);
    };
  }

  private boolean isAmong(Shape.Member member, boolean mixed) {
    boolean otherForm =
        older ? member.name().endsWith("Expression") : OLDER.contains(member.name());
    if (otherForm || member.name().equals("IndexName")) {
      return mixed;
    }
    boolean always = member.required() || member.name().equals("KeyConditionExpression");
    return always ? random.nextInt(50) > 0 : random.nextInt(3) == 0;
  }

  private String oftenRight(Shape shape, String name) {
    return random.nextInt(60) == 0 ? WRONG.next(random) : value(shape, name);
  }

  private String value(Shape shape, String name) {
    return switch (shape) {
      case Shape.Text _ -> text(name);
      case Shape.Whole _, Shape.Moment _, Shape.Real _ -> NUMBER.next(random);
      case Shape.Flag _ -> Generator.oneOf(List.of("true", "false", "\"yes\"")).next(random);
      case Shape.Attributes _ -> attributes(name);
      case Shape.SubstitutedValues _ -> substitutions(":", this::substituted);
      case Shape.TextMap _ ->
          substitutions("#", _ -> "\"" + (char) ('a' + random.nextInt(5)) + "\"");
      case Shape.ListOf list ->
          Stream.generate(() -> oftenRight(list.element(), name))
              .limit(random.nextInt(4))
              .collect(Collectors.joining(",", "[", "]"));
      case Shape.Structure structure -> structure(structure);
      case Shape.Value _ -> substituted(Generator.oneOf(VALUES).next(random));
      case Shape.MapOf map -> byAttribute(map, name);
      case Shape.Part part -> value(part.element(), name);
      case Shape.ByTable tables -> byTable(tables, name);
      case Shape.Later _ -> WRONG.next(random);
    };
  }

  /** Returns structures by attribute; conditions on a key are mostly ones that it may have. */
  private String byAttribute(Shape.MapOf map, String name) {
    if (name.equals("KeyConditions") && random.nextInt(4) > 0) {
      return "{\"id\":{\"ComparisonOperator\":\"EQ\",\"AttributeValueList\":["
          + substituted(":k")
          + "]}}";
    }
    return Stream.of("a", "b", "c", "id")
        .filter(_ -> random.nextInt(3) == 0)
        .map(attribute -> "\"" + attribute + "\":" + oftenRight(map.element(), name))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String byTable(Shape.ByTable tables, String name) {
    return Stream.of("items", "items2", "a!")
        .filter(_ -> random.nextInt(3) > 0)
        .map(table -> "\"" + table + "\":" + oftenRight(tables.element(), name))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String text(String name) {
    String text =
        TEXTS.containsKey(name) && random.nextInt(30) > 0
            ? Generator.oneOf(TEXTS.get(name)).next(random)
            : OTHER_TEXT.next(random);
    PLACEHOLDER.matcher(text).results().map(MatchResult::group).forEach(placeholders::add);
    return "\"" + text + "\"";
  }

  /** Returns an item or a key of the test's table. */
  private String attributes(String name) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    if (!name.endsWith("Key") && !name.equals("Keys")) {
      attributes.putAll(Items.item(random).attributes());
    }
    attributes.put("id", new AttributeValue.S("k" + random.nextInt(50)));
    return ItemSpelling.of(attributes, random);
  }

  private String substituted(String placeholder) {
    return switch (placeholder) {
      case ":n" -> "{\"N\":\"" + random.nextInt(100) + "\"}";
      case ":k" -> "{\"S\":\"k" + random.nextInt(50) + "\"}";
      case ":o" -> "{\"N\":\"1e100\"}";
      case ":l" -> "{\"L\":[{\"S\":\"x\"}]}";
      case ":s" -> "{\"SS\":[\"x\",\"y\"]}";
      default -> {
        String item = ItemSpelling.of(Map.of("v", Items.value(random)), random);
        yield item.substring(item.indexOf(':') + 1, item.lastIndexOf('}'));
      }
    };
  }

  private String substitutions(String sign, UnaryOperator<String> meaning) {
    return placeholders.stream()
        .distinct()
        .filter(placeholder -> placeholder.startsWith(sign))
        .map(placeholder -> "\"" + placeholder + "\":" + meaning.apply(placeholder))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
