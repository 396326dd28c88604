package org.ostraka.cli.copy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ostraka.delivery.json.JsonValue;

/** A table as DescribeTable shows it. Immutable. */
record TableDescription(JsonValue shown) {
  private static final String BILLING_MODE = "BillingMode";
  private static final String ON_DEMAND = "PAY_PER_REQUEST";
  private static final String KEY_SCHEMA = "KeySchema";
  private static final String STREAM = "StreamSpecification";
  private static final List<String> INDEX = List.of("IndexName", KEY_SCHEMA, "Projection");
  private static final List<String> UNITS = List.of("ReadCapacityUnits", "WriteCapacityUnits");

  /** Returns the table; empty when the endpoint has none of this name. */
  static Optional<TableDescription> of(Endpoint endpoint, String table) {
    try {
      JsonValue answer = endpoint.call("DescribeTable", Map.of("TableName", Json.text(table)));
      return Optional.of(new TableDescription(Json.member(answer, "Table")));
    } catch (EndpointException refused) {
      if (refused.is("ResourceNotFoundException")) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** Returns the table's id, which another table of this name would not have; empty without one. */
  String id() {
    return Json.optionalString(shown, "TableId").orElse("");
  }

  boolean isActive() {
    return Json.optionalString(shown, "TableStatus").filter("ACTIVE"::equals).isPresent();
  }

  long itemCount() {
    return Json.optionalNumber(shown, "ItemCount").map(BigDecimal::longValue).orElse(0L);
  }

  List<String> keyNames() {
    return Json.elements(shown, KEY_SCHEMA).stream()
        .map(part -> Json.string(part, "AttributeName"))
        .toList();
  }

  /** Returns the names and types of the key's attributes. */
  List<String> typedKey() {
    List<JsonValue> definitions = Json.elements(shown, "AttributeDefinitions");
    return keyNames().stream()
        .map(name ->
            definitions.stream()
                .filter(each -> Json.string(each, "AttributeName").equals(name))
                .map(each -> name + ":" + Json.string(each, "AttributeType"))
                .findFirst()
                .orElse(name))
        .toList();
  }

  boolean hasStream() {
    return Json.optional(shown, STREAM)
        .flatMap(stream -> Json.optional(stream, "StreamEnabled"))
        .filter(new JsonValue.Flag(true)::equals)
        .isPresent();
  }

  Optional<String> streamArn() {
    return Json.optionalString(shown, "LatestStreamArn");
  }

  /** Returns the request that makes a table with the same key, indexes and billing. */
  Map<String, JsonValue> creation(String name, boolean withStream) {
    Map<String, JsonValue> request = new LinkedHashMap<>();
    request.put("TableName", Json.text(name));
    request.put("AttributeDefinitions", Json.member(shown, "AttributeDefinitions"));
    request.put(KEY_SCHEMA, Json.member(shown, KEY_SCHEMA));
    request.put(BILLING_MODE, Json.text(isOnDemand() ? ON_DEMAND : "PROVISIONED"));
    request.putAll(throughput(shown));
    indexes("LocalSecondaryIndexes", _ -> Map.of())
        .ifPresent(each -> request.put("LocalSecondaryIndexes", each));
    indexes("GlobalSecondaryIndexes", this::throughput)
        .ifPresent(each -> request.put("GlobalSecondaryIndexes", each));
    Json.optional(shown, "TableClassSummary")
        .flatMap(summary -> Json.optional(summary, "TableClass"))
        .ifPresent(tableClass -> request.put("TableClass", tableClass));
    if (withStream && hasStream()) {
      request.put(STREAM, Json.member(shown, STREAM));
    }
    return request;
  }

  private boolean isOnDemand() {
    return Json.optional(shown, "BillingModeSummary")
        .flatMap(summary -> Json.optionalString(summary, BILLING_MODE))
        .filter(ON_DEMAND::equals)
        .isPresent();
  }

  private Optional<JsonValue> indexes(
      String kind, Function<JsonValue, Map<String, JsonValue>> throughput) {
    List<JsonValue> indexes =
        Json.elements(shown, kind).stream()
            .map(index -> {
              Map<String, JsonValue> made = new LinkedHashMap<>(Json.picked(index, INDEX).values());
              made.putAll(throughput.apply(index));
              return (JsonValue) new JsonValue.Members(made);
            })
            .toList();
    return indexes.isEmpty() ? Optional.empty() : Optional.of(Json.list(indexes));
  }

  /** Returns the limits of a table or an index, as requests have them. */
  private Map<String, JsonValue> throughput(JsonValue owner) {
    return isOnDemand()
        ? Json.picked(owner, List.of("OnDemandThroughput")).values()
        : Json.optional(owner, "ProvisionedThroughput")
            .map(units -> Map.of("ProvisionedThroughput", (JsonValue) Json.picked(units, UNITS)))
            .orElse(Map.of());
  }
}
