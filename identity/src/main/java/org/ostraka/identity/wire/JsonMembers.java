package org.ostraka.identity.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ostraka.identity.wire.JsonNode.JsonArray;
import org.ostraka.identity.wire.JsonNode.JsonObject;
import org.ostraka.identity.wire.JsonNode.JsonScalar;
import org.ostraka.identity.wire.JsonNode.JsonText;
import org.ostraka.model.Tags;

/** The members of an object in a file of accounts. Every failure names its place. Immutable. */
final class JsonMembers {
  private final JsonNode node;
  private final Map<String, JsonNode> members;

  private JsonMembers(JsonNode node, Map<String, JsonNode> members) {
    this.node = node;
    this.members = members;
  }

  static JsonMembers of(JsonNode node) {
    if (node instanceof JsonObject object) {
      return new JsonMembers(node, object.members());
    }
    throw DirectoryFileException.at(node, "an object is expected");
  }

  /** Refuses members that mean nothing, which may be misspelled. */
  JsonMembers requireKnown(Set<String> names) {
    members.forEach((name, value) -> {
      if (!names.contains(name)) {
        throw DirectoryFileException.at(value, "unknown member: " + name);
      }
    });
    return this;
  }

  JsonNode node() {
    return node;
  }

  Optional<JsonNode> find(String name) {
    return Optional.ofNullable(members.get(name));
  }

  JsonNode required(String name) {
    return find(name)
        .orElseThrow(() -> DirectoryFileException.at(node, "member is missing: " + name));
  }

  Optional<String> text(String name) {
    return find(name).map(JsonMembers::text);
  }

  /** Returns the members of an object by their names; none when it is absent. */
  Map<String, JsonNode> objects(String name) {
    return find(name).map(each -> JsonMembers.of(each).members).orElse(Map.of());
  }

  /** Returns the elements of a list; none when it is absent. */
  List<JsonNode> list(String name) {
    return find(name).map(JsonMembers::elements).orElse(List.of());
  }

  /** Returns the texts of a list; none when it is absent. */
  List<String> texts(String name) {
    return list(name).stream().map(JsonMembers::text).toList();
  }

  Tags tags() {
    Map<String, String> tags = new TreeMap<>();
    objects("Tags").forEach((key, value) -> tags.put(key, text(value)));
    return new Tags(tags);
  }

  /** Returns a whole number. */
  Optional<Long> number(String name) {
    return find(name)
        .map(value -> {
          try {
            if (value instanceof JsonScalar scalar) {
              return Long.valueOf(scalar.text());
            }
          } catch (NumberFormatException _) {
            // It is refused below.
          }
          throw DirectoryFileException.at(value, "a whole number is expected");
        });
  }

  static String text(JsonNode node) {
    if (node instanceof JsonText text) {
      return text.text();
    }
    throw DirectoryFileException.at(node, "a text is expected");
  }

  private static List<JsonNode> elements(JsonNode node) {
    if (node instanceof JsonArray array) {
      return array.elements();
    }
    throw DirectoryFileException.at(node, "a list is expected");
  }
}
