package org.ostraka.identity.wire;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ostraka.identity.policy.ActionPattern;
import org.ostraka.identity.policy.Condition;
import org.ostraka.identity.policy.ConditionOperator;
import org.ostraka.identity.policy.ConditionValue;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.policy.PrincipalName;
import org.ostraka.identity.policy.Principals;
import org.ostraka.identity.policy.ResourcePattern;
import org.ostraka.identity.policy.Resources;
import org.ostraka.identity.policy.Statement;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes policies in one form: without white space, elements in a fixed order, lists of one as the
 * one, accounts by their ARNs. Stateless.
 *
 * <p>It is the form in which GetResourcePolicy of DynamoDB answers (Q-208, Q-351 to:
 * October 2026). The form of conditions was not measured; they keep their order.
 */
public final class PolicyWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private PolicyWriter() {}

  /** Returns the document's text. */
  public static String write(PolicyDocument document) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      document
          .version()
          .ifPresent(version -> json.writeStringProperty("Version", version.toString()));
      document.id().ifPresent(id -> json.writeStringProperty("Id", id));
      json.writeArrayPropertyStart("Statement");
      document.statements().forEach(statement -> write(json, statement));
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Statement statement) {
    json.writeStartObject();
    statement.sid().ifPresent(sid -> json.writeStringProperty("Sid", sid));
    json.writeStringProperty("Effect", statement.effect().toString());
    statement.principals().ifPresent(principals -> write(json, principals));
    write(
        json,
        element("Action", statement.actions().negated()),
        statement.actions().patterns().stream().map(ActionPattern::toString).toList());
    statement.resources().ifPresent(resources -> write(json, resources));
    if (!statement.conditions().isEmpty()) {
      json.writeObjectPropertyStart("Condition");
      byOperator(statement.conditions())
          .forEach((operator, conditions) -> write(json, operator, conditions));
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Resources resources) {
    write(
        json,
        element("Resource", resources.negated()),
        resources.patterns().stream().map(ResourcePattern::toString).toList());
  }

  private static void write(JsonGenerator json, Principals principals) {
    String element = element("Principal", principals.negated());
    Map<String, Set<String>> byKind = new LinkedHashMap<>();
    for (PrincipalName name : principals.names()) {
      byKind
          .computeIfAbsent(name.kind().toString(), _ -> new LinkedHashSet<>())
          .add(
              name.account()
                  .map(account -> "arn:aws:iam::" + account + ":root")
                  .orElse(name.text()));
    }
    if (byKind.equals(Map.of("AWS", Set.of(PrincipalName.EVERYONE)))) {
      json.writeStringProperty(element, PrincipalName.EVERYONE);
      return;
    }
    json.writeObjectPropertyStart(element);
    byKind.forEach((kind, names) -> write(json, kind, names));
    json.writeEndObject();
  }

  private static void write(
      JsonGenerator json, ConditionOperator operator, List<Condition> conditions) {
    json.writeObjectPropertyStart(operator.toString());
    for (Condition condition : conditions) {
      write(
          json,
          condition.key(),
          condition.values().stream().map(ConditionValue::toString).toList());
    }
    json.writeEndObject();
  }

  private static Map<ConditionOperator, List<Condition>> byOperator(List<Condition> conditions) {
    Map<ConditionOperator, List<Condition>> byOperator = new LinkedHashMap<>();
    for (Condition condition : conditions) {
      byOperator.computeIfAbsent(condition.operator(), _ -> new ArrayList<>()).add(condition);
    }
    return byOperator;
  }

  private static String element(String name, boolean negated) {
    return negated ? "Not" + name : name;
  }

  private static void write(JsonGenerator json, String name, Collection<String> texts) {
    if (texts.size() == 1) {
      json.writeStringProperty(name, texts.iterator().next());
      return;
    }
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }
}
