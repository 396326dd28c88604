package org.ostraka.identity.wire;

import java.util.List;
import java.util.Map;

/** A JSON value and where its text begins, counted from 1. Immutable. */
sealed interface JsonNode {
  int line();

  int column();

  /** An object, whose members have different names. */
  record JsonObject(int line, int column, Map<String, JsonNode> members) implements JsonNode {}

  /** An array. */
  record JsonArray(int line, int column, List<JsonNode> elements) implements JsonNode {}

  /** A string. */
  record JsonText(int line, int column, String text) implements JsonNode {}

  /** A number or a boolean, as it is spelled. */
  record JsonScalar(int line, int column, String text) implements JsonNode {}

  /** The value null. */
  record JsonNull(int line, int column) implements JsonNode {}
}
