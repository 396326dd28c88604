package org.ostraka.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.ostraka.conformance.RawConnection.Request;

/**
 * Requests that are small or legal and cost much: items and bodies of the smallest values, whose
 * objects and JSON are many times their size. Stateless.
 */
final class HostileRequests {
  static final String TABLE = "hostile";
  static final String INDEXED = "indexed";

  /** The number of large items in {@link #TABLE}; their keys are 0, 1, and so on. */
  static final int ITEMS = 30;

  /** The elements of each: 390,000 bytes by the service's formula. */
  private static final int ELEMENTS = 195_000;

  private static final int BODY_BYTES = 16_000_000;
  private static final int INDEXES = 20;
  private static final String NULL = "{\"NULL\":true}";
  private static final Set<String> FINE = Set.of("200", "503");
  private static final Set<String> FINE_OR_REFUSED = Set.of("200", "400", "503");

  private HostileRequests() {}

  /** Returns the requests that make the tables. */
  static List<Request> tables() {
    String indexes =
        IntStream.range(0, INDEXES)
            .mapToObj(i ->
                "{\"IndexName\":\"index%d\",\"KeySchema\":[{\"AttributeName\":\"g\",\"KeyType\":\"HASH\"}],\"Projection\":{\"ProjectionType\":\"INCLUDE\",\"NonKeyAttributes\":[\"l\"]}}"
                    .formatted(i))
            .collect(Collectors.joining(",", "[", "]"));
    return List.of(
        table(TABLE, "", ""),
        table(
            INDEXED,
            ",{\"AttributeName\":\"g\",\"AttributeType\":\"S\"}",
            ",\"GlobalSecondaryIndexes\":" + indexes));
  }

  private static Request table(String name, String attributes, String more) {
    return new Request(
        "CreateTable",
        "{\"TableName\":\""
            + name
            + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}"
            + attributes
            + "],\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]"
            + more
            + "}");
  }

  /** Returns the request that puts a large item. */
  static Request item(int number) {
    return compressed("PutItem", put(TABLE, Integer.toString(number), "", NULL, ELEMENTS));
  }

  static Request smallItem() {
    return new Request(
        "PutItem",
        "{\"TableName\":\"hostile\",\"Item\":{\"id\":{\"S\":\"small\"},\"a\":{\"S\":\"x\"}}}");
  }

  static Request readSmallItem() {
    return new Request("GetItem", "{\"TableName\":\"hostile\",\"Key\":{\"id\":{\"S\":\"small\"}}}");
  }

  /** Returns the request that puts an item with a text in which a naive search is slow. */
  static Request textItem() {
    return new Request(
        "PutItem",
        "{\"TableName\":\"hostile\",\"Item\":{\"id\":{\"S\":\"text\"},\"s\":{\"S\":\""
            + "a".repeat(400_000)
            + "\"}}}");
  }

  static List<HostileLoad> loads() {
    return List.of(
        new HostileLoad("batches of statements, unread", 5, false, FINE, _ -> statements()),
        new HostileLoad("batches of statements, read", 8, true, FINE, _ -> statements()),
        new HostileLoad(
            "updates that return the old item, unread", 400, false, FINE, HostileRequests::update),
        new HostileLoad(
            "compressed bodies of tiny elements", 32, true, FINE_OR_REFUSED, _ -> inflating(NULL)),
        new HostileLoad(
            "compressed bodies of tiny sets",
            32,
            true,
            FINE_OR_REFUSED,
            _ -> inflating("{\"SS\":[\"\"]}")),
        new HostileLoad("statements of many conditions", 64, true, FINE, _ -> select()),
        new HostileLoad("scans of many conditions", 32, true, FINE, _ -> scan()),
        new HostileLoad("batches of large items, read", 16, true, FINE, _ -> batchGet()),
        new HostileLoad("batches of large items, unread", 64, false, FINE, _ -> batchGet()),
        new HostileLoad("large items, compressed", 64, true, FINE, HostileRequests::compressedGet),
        new HostileLoad(
            "lists appended to themselves", 16, true, FINE_OR_REFUSED, HostileRequests::append),
        new HostileLoad("sets united with a large one", 16, true, FINE_OR_REFUSED, _ -> unite()),
        new HostileLoad("texts that are hard to find", 16, true, Set.of("400", "503"), _ -> find()),
        new HostileLoad(
            "transactions that tell all items", 16, true, Set.of("400", "503"), _ -> cancelled()),
        new HostileLoad("items with many entries", 16, true, FINE, HostileRequests::putIndexed));
  }

  private static Request statements() {
    return new Request(
        "BatchExecuteStatement",
        IntStream.range(0, 25)
            .mapToObj(i ->
                "{\"Statement\":\"UPDATE hostile SET x=1 WHERE id='%d' RETURNING ALL OLD *\"}"
                    .formatted(i))
            .collect(Collectors.joining(",", "{\"Statements\":[", "]}")));
  }

  private static Request update(int connection) {
    return new Request(
        "UpdateItem",
        "{\"TableName\":\"hostile\",\"Key\":{\"id\":{\"S\":\"%d\"}},\"UpdateExpression\":\"SET x=:x\",\"ExpressionAttributeValues\":{\":x\":{\"N\":\"1\"}},\"ReturnValues\":\"ALL_OLD\"}"
            .formatted(connection % ITEMS));
  }

  private static Request inflating(String element) {
    return compressed(
        "PutItem", put(TABLE, "never", "", element, BODY_BYTES / (element.length() + 1)));
  }

  private static Request select() {
    String conditions =
        IntStream.range(0, 45)
            .mapToObj(i -> "contains(l, 'nowhere to be found %d')".formatted(i))
            .collect(Collectors.joining(" OR "));
    return new Request(
        "ExecuteStatement", "{\"Statement\":\"SELECT id FROM hostile WHERE " + conditions + "\"}");
  }

  private static Request scan() {
    String conditions =
        IntStream.range(0, 145).mapToObj(_ -> "contains(l,:v)").collect(Collectors.joining(" OR "));
    return new Request(
        "Scan",
        "{\"TableName\":\"hostile\",\"FilterExpression\":\""
            + conditions
            + "\",\"ExpressionAttributeValues\":{\":v\":{\"S\":\"x\"}}}");
  }

  private static Request batchGet() {
    return new Request(
        "BatchGetItem",
        IntStream.range(0, ITEMS)
            .mapToObj("{\"id\":{\"S\":\"%d\"}}"::formatted)
            .collect(
                Collectors.joining(",", "{\"RequestItems\":{\"hostile\":{\"Keys\":[", "]}}}")));
  }

  private static Request compressedGet(int connection) {
    String body =
        "{\"TableName\":\"hostile\",\"Key\":{\"id\":{\"S\":\"%d\"}}}".formatted(connection % ITEMS);
    return new Request("GetItem", body.getBytes(UTF_8), "Accept-Encoding: gzip\r\n");
  }

  private static Request append(int connection) {
    String lists =
        IntStream.range(0, 130)
            .mapToObj("z%d=list_append(l,l)"::formatted)
            .collect(Collectors.joining(","));
    return new Request(
        "UpdateItem",
        "{\"TableName\":\"hostile\",\"Key\":{\"id\":{\"S\":\"%d\"}},\"UpdateExpression\":\"SET %s\"}"
            .formatted(connection % ITEMS, lists));
  }

  private static Request unite() {
    String sets =
        IntStream.range(0, 200).mapToObj("z%d :s"::formatted).collect(Collectors.joining(","));
    String elements =
        IntStream.range(0, 150_000)
            .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\"")
            .collect(Collectors.joining(","));
    return new Request(
        "UpdateItem",
        "{\"TableName\":\"hostile\",\"Key\":{\"id\":{\"S\":\"sets\"}},\"UpdateExpression\":\"ADD "
            + sets
            + "\",\"ExpressionAttributeValues\":{\":s\":{\"SS\":["
            + elements
            + "]}}}");
  }

  private static Request find() {
    return new Request(
        "DeleteItem",
        "{\"TableName\":\"hostile\",\"Key\":{\"id\":{\"S\":\"text\"}},\"ConditionExpression\":\"contains(s,:s)\",\"ExpressionAttributeValues\":{\":s\":{\"S\":\""
            + "a".repeat(200_000)
            + "b\"}}}");
  }

  private static Request cancelled() {
    return new Request(
        "TransactWriteItems",
        IntStream.range(0, ITEMS)
            .mapToObj(i ->
                "{\"ConditionCheck\":{\"TableName\":\"hostile\",\"Key\":{\"id\":{\"S\":\"%d\"}},\"ConditionExpression\":\"attribute_not_exists(id)\",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"}}"
                    .formatted(i))
            .collect(Collectors.joining(",", "{\"TransactItems\":[", "]}")));
  }

  private static Request putIndexed(int connection) {
    String items =
        IntStream.range(0, 5)
            .mapToObj(i ->
                "{\"PutRequest\":"
                    + put(
                        "",
                        connection + "-" + i,
                        "\"g\":{\"S\":\"g%d\"},".formatted(i),
                        NULL,
                        ELEMENTS)
                    + "}")
            .collect(Collectors.joining(","));
    return compressed("BatchWriteItem", "{\"RequestItems\":{\"" + INDEXED + "\":[" + items + "]}}");
  }

  private static String put(String table, String id, String more, String element, int elements) {
    return (table.isEmpty() ? "{" : "{\"TableName\":\"" + table + "\",")
        + "\"Item\":{\"id\":{\"S\":\""
        + id
        + "\"},"
        + more
        + "\"l\":{\"L\":["
        + (element + ",").repeat(elements - 1)
        + element
        + "]}}}";
  }

  private static Request compressed(String operation, String body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Request(operation, bytes.toByteArray(), "Content-Encoding: gzip\r\n");
  }
}
