package org.ostraka.identity.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.identity.wire.JsonNode.JsonArray;
import org.ostraka.identity.wire.JsonNode.JsonNull;
import org.ostraka.identity.wire.JsonNode.JsonObject;
import org.ostraka.identity.wire.JsonNode.JsonScalar;
import org.ostraka.identity.wire.JsonNode.JsonText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads a JSON text. One use, one thread. */
final class JsonTree {
  /** The deepest nesting of a policy: a value in a list of a key of an operator of a statement. */
  private static final int MAX_DEPTH = 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final JsonParser parser;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads a text that is one JSON value.
   *
   * @throws MalformedPolicyException when it is not, or an object has a name twice
   */
  static JsonNode read(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw MalformedPolicyException.notJson();
      }
      JsonNode value = new JsonTree(parser).value();
      if (parser.nextToken() != null) {
        throw MalformedPolicyException.notJson();
      }
      return value;
    } catch (JacksonException broken) {
      throw MalformedPolicyException.notJson();
    }
  }

  /**
   * Reads a file that is one JSON value.
   *
   * @throws DirectoryFileException when it is not, or an object has a name twice
   */
  static JsonNode readFile(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new DirectoryFileException(1, 1, "the file is empty");
      }
      JsonNode value = new JsonTree(parser).value();
      if (parser.nextToken() != null) {
        throw DirectoryFileException.at(value, "text follows the end of the JSON value");
      }
      return value;
    } catch (JacksonException broken) {
      TokenStreamLocation at = broken.getLocation();
      throw at == null
          ? new DirectoryFileException(1, 1, "this is no JSON")
          : new DirectoryFileException(at.getLineNr(), at.getColumnNr(), "this is no JSON");
    } catch (MalformedPolicyException repeated) {
      throw new DirectoryFileException(1, 1, "a name stands twice: " + repeated.why());
    }
  }

  private JsonNode value() {
    TokenStreamLocation at = parser.currentTokenLocation();
    int line = at.getLineNr();
    int column = at.getColumnNr();
    return switch (parser.currentToken()) {
      case START_OBJECT -> new JsonObject(line, column, members());
      case START_ARRAY -> new JsonArray(line, column, elements());
      case VALUE_STRING -> new JsonText(line, column, parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          new JsonScalar(line, column, parser.getString());
      case VALUE_NULL -> new JsonNull(line, column);
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("no value begins here");
    };
  }

  private Map<String, JsonNode> members() {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      JsonNode value = value();
      if (members.put(name, value) != null) {
        throw MalformedPolicyException.syntax(value);
      }
    }
    return Collections.unmodifiableMap(members);
  }

  private List<JsonNode> elements() {
    List<JsonNode> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value());
    }
    return List.copyOf(elements);
  }
}
