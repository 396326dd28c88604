package org.ostraka.identity.wire;

import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The JSON of key services: AWS KMS, and the transit engine of Vault. Stateless. */
public final class KeyServiceJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private KeyServiceJson() {}

  /** Writes an object of texts. */
  public static String object(Map<String, String> members) {
    return object(members, "", Map.of());
  }

  /** Writes an object of texts, with one member that is such an object if it is not empty. */
  public static String object(
      Map<String, String> members, String inner, Map<String, String> innerMembers) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      members.forEach(json::writeStringProperty);
      if (!innerMembers.isEmpty()) {
        json.writeObjectPropertyStart(inner);
        innerMembers.forEach(json::writeStringProperty);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  /** Returns a text of an answer, which Vault puts into a member named {@code data}. */
  public static Optional<String> text(String answer, String member) {
    return members(answer)
        .flatMap(members -> {
          JsonNode data = members.get("data");
          return data instanceof JsonNode.JsonObject object
              ? Optional.ofNullable(object.members().get(member))
              : Optional.ofNullable(members.get(member));
        })
        .flatMap(KeyServiceJson::text);
  }

  /** Returns what a service says of an error: its name and message, or a list of messages. */
  public static Optional<String> problem(String answer) {
    Map<String, JsonNode> members = members(answer).orElse(Map.of());
    String problem =
        String.join(
            ": ",
            Stream.of("__type", "message", "Message", "errors")
                .flatMap(name -> Optional.ofNullable(members.get(name)).stream())
                .flatMap(node ->
                    node instanceof JsonNode.JsonArray array
                        ? array.elements().stream()
                        : Stream.of(node))
                .flatMap(node -> text(node).stream())
                .toList());
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }

  private static Optional<Map<String, JsonNode>> members(String answer) {
    try {
      return JsonTree.read(answer) instanceof JsonNode.JsonObject object
          ? Optional.of(object.members())
          : Optional.empty();
    } catch (MalformedPolicyException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode node) {
    return node instanceof JsonNode.JsonText text ? Optional.of(text.text()) : Optional.empty();
  }
}
