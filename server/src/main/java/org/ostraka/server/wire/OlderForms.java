package org.ostraka.server.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeAction;
import org.ostraka.model.ComparisonOperator;
import org.ostraka.model.ConditionalOperator;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.AttributeCondition;
import org.ostraka.model.operation.AttributeUpdate;
import org.ostraka.model.operation.ExpectedAttribute;

/**
 * The older forms of requests, which expressions replaced. Stateless.
 *
 * <p>"Legacy conditional parameters" in the Developer Guide.
 */
final class OlderForms {
  private static final Shape VALUE = new Shape.Value();
  private static final Shape VALUES = new Shape.ListOf(VALUE, 0, Integer.MAX_VALUE);

  private static final Shape COMPARISON_OPERATOR =
      new Shape.Text(
          TextRule.oneOf(
              "IN",
              "NULL",
              "BETWEEN",
              "LT",
              "NOT_CONTAINS",
              "EQ",
              "GT",
              "NOT_NULL",
              "NE",
              "LE",
              "BEGINS_WITH",
              "GE",
              "CONTAINS"));

  /** Conditions on attributes: filters and key conditions. */
  static final Shape CONDITIONS =
      new Shape.MapOf(
          new Shape.Structure(
              "Condition",
              Shape.Member.optional("AttributeValueList", VALUES),
              Shape.Member.required("ComparisonOperator", COMPARISON_OPERATOR)));

  /** Conditions of a write. */
  static final Shape EXPECTED =
      new Shape.MapOf(
          new Shape.Structure(
              "ExpectedAttributeValue",
              Shape.Member.optional("AttributeValueList", VALUES),
              Shape.Member.optional("ComparisonOperator", COMPARISON_OPERATOR),
              Shape.Member.optional("Exists", Shapes.FLAG),
              Shape.Member.optional("Value", VALUE)));

  /** The changes of an update to attributes. */
  static final Shape ATTRIBUTE_UPDATES =
      new Shape.MapOf(
          new Shape.Structure(
              "AttributeValueUpdate",
              Shape.Member.optional(
                  "Action", new Shape.Text(TextRule.oneOf("ADD", "PUT", "DELETE"))),
              Shape.Member.optional("Value", VALUE)));

  /** The service's message lists ALL, which it refuses, and not AND, which it accepts. */
  static final Shape CONDITIONAL_OPERATOR =
      new Shape.Text(TextRule.oneOfUnnamed(List.of("AND", "OR"), "[ALL, OR]"));

  /** The operator as the service's older layer checks it. */
  static final Shape CONDITIONAL_OPERATOR_OLDER = new Shape.Text(TextRule.oneOf("OR", "AND"));

  private OlderForms() {}

  /** Returns the conditions in a member, by attribute, or null. */
  static @Nullable Map<String, AttributeCondition> conditions(Members members, String name) {
    return members.structuresByName(
        name,
        condition ->
            new AttributeCondition(
                ComparisonOperator.valueOf(condition.requiredText("ComparisonOperator")),
                condition.valueList("AttributeValueList")));
  }

  /** Returns the conditions of a write, by attribute, or null. */
  static @Nullable Map<String, ExpectedAttribute> expected(Members members) {
    return members.structuresByName(
        "Expected",
        expected ->
            new ExpectedAttribute(
                expected.value("Value"),
                expected.flag("Exists"),
                expected.word("ComparisonOperator", ComparisonOperator.class),
                expected.valueList("AttributeValueList")));
  }

  /** Returns the changes of an update, by attribute, or null. */
  static @Nullable Map<String, AttributeUpdate> attributeUpdates(Members members) {
    return members.structuresByName(
        "AttributeUpdates",
        update ->
            new AttributeUpdate(update.value("Value"), update.word("Action", AttributeAction.PUT)));
  }

  /** Returns the operator that joins conditions of the older form, or null. */
  static @Nullable ConditionalOperator conditionalOperator(Members members) {
    return members.word("ConditionalOperator", ConditionalOperator.class);
  }

  /**
   * Refuses a request that uses both forms. The message names members in the order given here.
   *
   * @param prefix the text that the operation puts before the message
   */
  static void refuseMixed(
      Members members, String prefix, List<String> older, List<String> expressions) {
    List<String> olderUsed = used(members, older);
    List<String> used = used(members, expressions);
    if (!olderUsed.isEmpty() && !used.isEmpty()) {
      throw new ValidationException(
          prefix
              + "Can not use both expression and non-expression parameters in the same request:"
              + " Non-expression parameters: {"
              + String.join(", ", olderUsed)
              + "} Expression parameters: {"
              + String.join(", ", used)
              + "}");
    }
  }

  private static List<String> used(Members members, List<String> names) {
    List<String> used = new ArrayList<>(0); // most requests have none of them
    for (String name : names) {
      if (members.values().containsKey(name)) {
        used.add(name);
      }
    }
    return used;
  }
}
