package org.ostraka.identity.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ostraka.identity.policy.ActionPattern;
import org.ostraka.identity.policy.Actions;
import org.ostraka.identity.policy.Condition;
import org.ostraka.identity.policy.ConditionOperator;
import org.ostraka.identity.policy.ConditionValue;
import org.ostraka.identity.policy.Effect;
import org.ostraka.identity.policy.LanguageVersion;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.identity.policy.PrincipalKind;
import org.ostraka.identity.policy.PrincipalName;
import org.ostraka.identity.policy.Principals;
import org.ostraka.identity.policy.ResourcePattern;
import org.ostraka.identity.policy.Resources;
import org.ostraka.identity.policy.Statement;
import org.ostraka.identity.wire.JsonNode.JsonArray;
import org.ostraka.identity.wire.JsonNode.JsonNull;
import org.ostraka.identity.wire.JsonNode.JsonObject;
import org.ostraka.identity.wire.JsonNode.JsonScalar;
import org.ostraka.identity.wire.JsonNode.JsonText;

/**
 * Reads policies: "Grammar of the IAM JSON policy language" in the IAM User Guide. One use, one
 * thread.
 */
public final class PolicyReader {
  private static final String VERSION = "Version";
  private static final String ID = "Id";
  private static final String STATEMENT = "Statement";
  private static final String SID = "Sid";
  private static final String EFFECT = "Effect";
  private static final String PRINCIPAL = "Principal";
  private static final String ACTION = "Action";
  private static final String RESOURCE = "Resource";
  private static final String CONDITION = "Condition";
  private static final String NOT = "Not";
  private static final Set<String> ELEMENTS = Set.of(VERSION, ID, STATEMENT);
  private static final Set<String> STATEMENT_ELEMENTS =
      Set.of(
          SID,
          EFFECT,
          PRINCIPAL,
          NOT + PRINCIPAL,
          ACTION,
          NOT + ACTION,
          RESOURCE,
          NOT + RESOURCE,
          CONDITION);
  private static final Pattern ACTION_SYNTAX = Pattern.compile("\\*|[\\w.*?-]+:[\\w.*?-]+");
  private static final Pattern ARN_SYNTAX = Pattern.compile("\\*|arn:[^:]*(:.*)?|\\*.*");

  private final PolicyUse use;
  private final LanguageVersion version;

  private PolicyReader(PolicyUse use, LanguageVersion version) {
    this.use = use;
    this.version = version;
  }

  /**
   * Reads a policy.
   *
   * @throws MalformedPolicyException when the text is no policy for this use
   */
  public static PolicyDocument read(String text, PolicyUse use) {
    JsonNode root = JsonTree.read(text);
    if (!(root instanceof JsonObject(_, _, Map<String, JsonNode> members))) {
      throw MalformedPolicyException.syntax(root);
    }
    requireKnown(members, ELEMENTS);
    Optional<LanguageVersion> version =
        Optional.ofNullable(members.get(VERSION)).map(PolicyReader::version);
    PolicyReader reader = new PolicyReader(use, version.orElse(LanguageVersion.DEFAULT));
    if (use == PolicyUse.IDENTITY && members.containsKey(ID)) {
      throw MalformedPolicyException.prohibited(ID);
    }
    JsonNode statements = required(members, STATEMENT);
    return new PolicyDocument(
        version,
        Optional.ofNullable(members.get(ID)).map(PolicyReader::text),
        reader.statements(statements));
  }

  private static LanguageVersion version(JsonNode node) {
    return LanguageVersion.of(text(node)).orElseThrow(() -> MalformedPolicyException.syntax(node));
  }

  private List<Statement> statements(JsonNode node) {
    List<Statement> statements = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode each : list(node)) {
      Statement statement = statement(each);
      if (statement.sid().filter(sid -> !ids.add(sid)).isPresent()) {
        throw MalformedPolicyException.repeatedId();
      }
      statements.add(statement);
    }
    if (statements.isEmpty()) {
      throw MalformedPolicyException.noStatement();
    }
    return statements;
  }

  private Statement statement(JsonNode node) {
    Map<String, JsonNode> members = members(node);
    requireKnown(members, STATEMENT_ELEMENTS);
    Effect effect = effect(required(members, EFFECT));
    return new Statement(
        Optional.ofNullable(members.get(SID)).map(PolicyReader::text),
        effect,
        principals(members),
        actions(members),
        resources(members),
        Optional.ofNullable(members.get(CONDITION)).map(this::conditions).orElse(List.of()));
  }

  private static Effect effect(JsonNode node) {
    return switch (text(node).toLowerCase(Locale.ROOT)) {
      case "allow" -> Effect.ALLOW;
      case "deny" -> Effect.DENY;
      default -> throw MalformedPolicyException.syntax(node);
    };
  }

  private Optional<Principals> principals(Map<String, JsonNode> members) {
    Optional<String> element = either(members, PRINCIPAL);
    if (use == PolicyUse.IDENTITY) {
      element.ifPresent(name -> {
        throw MalformedPolicyException.prohibited(name);
      });
      return Optional.empty();
    }
    String name = element.orElseThrow(() -> MalformedPolicyException.missing(PRINCIPAL));
    return Optional.of(new Principals(name.startsWith(NOT), principals(required(members, name))));
  }

  private static List<PrincipalName> principals(JsonNode node) {
    if (node instanceof JsonText(_, _, String text)) {
      if (!text.equals(PrincipalName.EVERYONE)) {
        throw MalformedPolicyException.syntax(node);
      }
      return List.of(new PrincipalName(PrincipalKind.AWS, text));
    }
    List<PrincipalName> names = new ArrayList<>();
    members(node)
        .forEach((kind, value) -> {
          PrincipalKind known =
              PrincipalKind.of(kind).orElseThrow(() -> MalformedPolicyException.syntax(value));
          texts(value).forEach(text -> names.add(new PrincipalName(known, text)));
        });
    if (names.isEmpty()) {
      throw MalformedPolicyException.syntax(node);
    }
    return names;
  }

  private static Actions actions(Map<String, JsonNode> members) {
    String name =
        either(members, ACTION).orElseThrow(() -> MalformedPolicyException.missing(ACTION));
    List<ActionPattern> patterns = new ArrayList<>();
    for (String text : texts(required(members, name))) {
      if (!ACTION_SYNTAX.matcher(text).matches()) {
        throw MalformedPolicyException.noVendor();
      }
      patterns.add(new ActionPattern(text));
    }
    return new Actions(name.startsWith(NOT), patterns);
  }

  private Optional<Resources> resources(Map<String, JsonNode> members) {
    Optional<String> element = either(members, RESOURCE);
    if (use == PolicyUse.TRUST) {
      element.ifPresent(name -> {
        throw MalformedPolicyException.prohibited(name);
      });
      return Optional.empty();
    }
    String name = element.orElseThrow(() -> MalformedPolicyException.missing(RESOURCE));
    List<ResourcePattern> patterns = new ArrayList<>();
    for (String text : texts(required(members, name))) {
      if (!ARN_SYNTAX.matcher(text).matches()) {
        throw MalformedPolicyException.noArn(text);
      }
      patterns.add(new ResourcePattern(text, version));
    }
    return Optional.of(new Resources(name.startsWith(NOT), patterns));
  }

  private List<Condition> conditions(JsonNode node) {
    List<Condition> conditions = new ArrayList<>();
    members(node)
        .forEach((name, keys) -> {
          ConditionOperator operator =
              ConditionOperator.of(name)
                  .orElseThrow(() -> MalformedPolicyException.unknownOperator(name));
          members(keys).forEach((key, values) -> conditions.add(condition(operator, key, values)));
        });
    return conditions;
  }

  private Condition condition(ConditionOperator operator, String key, JsonNode node) {
    if (key.indexOf(':') <= 0) {
      throw MalformedPolicyException.noVendor();
    }
    List<ConditionValue> values = new ArrayList<>();
    for (JsonNode each : list(node)) {
      String text = each instanceof JsonScalar(_, _, String scalar) ? scalar : text(each);
      values.add(
          ConditionValue.of(text, operator, version)
              .orElseThrow(() -> MalformedPolicyException.badValue(operator.toString(), text)));
    }
    return new Condition(operator, key, values);
  }

  /** Returns which of an element and its negation is there; both together are refused. */
  private static Optional<String> either(Map<String, JsonNode> members, String element) {
    boolean negated = members.containsKey(NOT + element);
    if (negated && members.containsKey(element)) {
      throw MalformedPolicyException.syntax(required(members, NOT + element));
    }
    if (negated) {
      return Optional.of(NOT + element);
    }
    return members.containsKey(element) ? Optional.of(element) : Optional.empty();
  }

  private static void requireKnown(Map<String, JsonNode> members, Set<String> names) {
    members.forEach((name, value) -> {
      if (!names.contains(name)) {
        throw MalformedPolicyException.syntax(value);
      }
    });
  }

  private static JsonNode required(Map<String, JsonNode> members, String name) {
    return Optional.ofNullable(members.get(name))
        .orElseThrow(() -> MalformedPolicyException.missing(name));
  }

  private static Map<String, JsonNode> members(JsonNode node) {
    return switch (node) {
      case JsonObject(_, _, Map<String, JsonNode> members) -> members;
      case JsonArray _, JsonText _, JsonScalar _, JsonNull _ ->
          throw MalformedPolicyException.syntax(node);
    };
  }

  /** Returns the elements of a list, or the one value that may stand instead of a list. */
  private static List<JsonNode> list(JsonNode node) {
    return node instanceof JsonArray(_, _, List<JsonNode> elements) ? elements : List.of(node);
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = list(node).stream().map(PolicyReader::text).toList();
    if (texts.isEmpty()) {
      throw MalformedPolicyException.syntax(node);
    }
    return texts;
  }

  private static String text(JsonNode node) {
    return switch (node) {
      case JsonText(_, _, String text) -> text;
      case JsonObject _, JsonArray _, JsonScalar _, JsonNull _ ->
          throw MalformedPolicyException.syntax(node);
    };
  }
}
