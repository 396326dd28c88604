package org.ostraka.benchmarks.workload;

import java.net.URI;
import java.util.Collections;
import java.util.function.ToLongFunction;
import org.ostraka.benchmarks.load.Draw;
import org.ostraka.benchmarks.load.Operation;
import org.ostraka.benchmarks.load.Request;
import org.ostraka.benchmarks.load.RequestTemplate;

/** Makes the requests of workloads. Immutable. */
final class Requests {
  /** The approximate bytes of a counter's names and values. */
  static final int COUNTER_BYTES = 20;

  /** The bytes of a vote's names and values. */
  static final int VOTE_BYTES = 2 + ItemShape.KEY_DIGITS + 11 + 4 + 9 + 6;

  private static final int QUERY_ITEMS = 10;

  /** The distance of keys in a batch, so that they are spread over the table. */
  private static final int SPACING = 7919;

  private static final String ITEM_KEY =
      "\"TableName\":\"%s\",\"Key\":{%s}".formatted(Table.ITEMS.tableName(), Table.ITEMS.keyJson());

  private final URI endpoint;
  private final ItemShape shape;

  Requests(URI endpoint, ItemShape shape) {
    this.endpoint = endpoint;
    this.shape = shape;
  }

  Operation put(Table table) {
    return put(table, Draw::key);
  }

  Operation insert(Table table) {
    return put(table, Draw::freshKey);
  }

  Operation get(Table table) {
    String body =
        "{\"TableName\":\"%s\",\"Key\":{%s}}".formatted(table.tableName(), table.keyJson());
    return new Operation(
        template("GetItem", body), (request, draw) -> table.fillKey(request, 0, draw.key(), shape));
  }

  Operation add() {
    String body =
        """
        {"TableName":"%s","Key":{%s},"UpdateExpression":"ADD votes :one",\
        "ExpressionAttributeValues":{":one":{"N":"1"}}}\
        """
            .formatted(Table.COUNTERS.tableName(), Table.COUNTERS.keyJson());
    return new Operation(
        template("UpdateItem", body), (request, draw) -> request.number(0, draw.key()));
  }

  Operation vote() {
    String body =
        """
        {"TableName":"%s","Item":{%s,"candidateId":{"S":"@d4@"},"timestamp":{"N":"1732655598"}},\
        "ConditionExpression":"attribute_not_exists(id)"}\
        """
            .formatted(Table.VOTES.tableName(), Table.VOTES.keyJson());
    return new Operation(
        template("PutItem", body),
        (request, draw) -> {
          request.number(0, draw.freshKey());
          request.number(1, draw.below(10_000));
        });
  }

  Operation queryTen() {
    String body = query(",\"Limit\":" + QUERY_ITEMS);
    return new Operation(
        template("Query", body),
        (request, draw) -> {
          request.number(0, draw.key() / shape.rowsPerPartition());
          request.number(1, draw.below(Math.max(1, shape.rowsPerPartition() - QUERY_ITEMS)));
        });
  }

  Operation queryPage() {
    return new Operation(
        template("Query", query("")),
        (request, draw) -> {
          request.number(0, draw.key() / shape.rowsPerPartition());
          request.number(1, 0);
        });
  }

  Operation queryUpTo(int items) {
    return new Operation(
        template("Query", query(",\"Limit\":@n4@")),
        (request, draw) -> {
          Table.ROWS.fillKey(request, 0, draw.key(), shape);
          request.number(2, 1 + draw.below(items));
        });
  }

  Operation scan() {
    String body =
        "{\"TableName\":\"%s\",\"Limit\":100,\"ExclusiveStartKey\":{%s}}"
            .formatted(Table.ITEMS.tableName(), Table.ITEMS.keyJson());
    return new Operation(template("Scan", body), (request, draw) -> request.number(0, draw.key()));
  }

  Operation batch() {
    return new Operation(
        Tables.batch(endpoint, Table.ITEMS, shape),
        (request, draw) -> fillSeveral(request, draw, Tables.BATCH_ITEMS));
  }

  Operation transact(int items) {
    String put =
        "{\"Put\":{\"TableName\":\"%s\",\"Item\":%s}}"
            .formatted(Table.ITEMS.tableName(), shape.json(Table.ITEMS));
    String body = "{\"TransactItems\":[" + String.join(",", Collections.nCopies(items, put)) + "]}";
    return new Operation(
        template("TransactWriteItems", body), (request, draw) -> fillSeveral(request, draw, items));
  }

  Operation setFirst() {
    return setFirst(Draw::key);
  }

  /** Updates the item that was just read. */
  Operation setAgain() {
    return setFirst(Draw::sameKey);
  }

  private Operation put(Table table, ToLongFunction<Draw> key) {
    String body =
        "{\"TableName\":\"%s\",\"Item\":%s}".formatted(table.tableName(), shape.json(table));
    return new Operation(
        template("PutItem", body),
        (request, draw) ->
            shape.fill(request, 0, table, key.applyAsLong(draw), draw.text(shape.bytes())));
  }

  private Operation setFirst(ToLongFunction<Draw> key) {
    int characters = shape.firstTextBytes(Table.ITEMS);
    String body =
        """
        {%s,"UpdateExpression":"SET f0 = :v","ExpressionAttributeValues":{":v":{"S":"@t%d@"}}}\
        """
            .formatted(ITEM_KEY, characters);
    return new Operation(
        template("UpdateItem", body),
        (request, draw) -> {
          request.number(0, key.applyAsLong(draw));
          request.text(1, draw.text(characters));
        });
  }

  /** Fills several items with different keys, all of which exist. */
  private void fillSeveral(Request request, Draw draw, int items) {
    long key = draw.key();
    long stride = draw.keys() > (long) items * SPACING ? SPACING : 1;
    int field = 0;
    for (int i = 0; i < items; i++) {
      field = shape.fill(request, field, Table.ITEMS, key, draw.text(shape.bytes()));
      key = (key + stride) % draw.keys();
    }
  }

  private String query(String more) {
    return """
    {"TableName":"%s","KeyConditionExpression":"pk = :p AND sk >= :s",\
    "ExpressionAttributeValues":{":p":{"S":"@d12@"},":s":{"S":"@d12@"}}%s}\
    """
        .formatted(Table.ROWS.tableName(), more);
  }

  private RequestTemplate template(String operation, String body) {
    return RequestTemplate.of(endpoint, operation, body);
  }
}
