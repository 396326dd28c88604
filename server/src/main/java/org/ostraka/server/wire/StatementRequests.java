package org.ostraka.server.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Limits;
import org.ostraka.model.operation.ParameterizedStatement;

/**
 * The common parts of the operations on statements. Stateless.
 *
 * <p>The constraints are those of the service's model. Parameters (aws/aws-sdk-js-v3 issue 3529,
 * 2022) and Limit (dynoxide's CHANGELOG, 0.13.0) have the older wording. The others have the
 * wording and order of the other operations on items and transactions.
 */
final class StatementRequests {
  static final Shape STATEMENT =
      new Shape.Text(TextRule.atLeast(1), TextRule.atMost(Limits.STATEMENT_CHARS));

  static final Shape PARAMETERS = new Shape.ListOf(new Shape.Value(), 1, Integer.MAX_VALUE);

  static final Shape LIMIT = new Shape.Whole(Shape.Width.INTEGER, 1, Integer.MAX_VALUE);

  private StatementRequests() {}

  /**
   * Returns the shape of a list of statements.
   *
   * @param javaName a statement's name in messages about types
   * @param own the additional members of a statement
   */
  static Shape listOf(String javaName, int most, Shape.Member... own) {
    List<Shape.Member> members = new ArrayList<>();
    members.add(Shape.Member.required("Statement", STATEMENT));
    members.add(Shape.Member.optional("Parameters", PARAMETERS));
    members.addAll(List.of(own));
    members.add(
        Shape.Member.optional(
            "ReturnValuesOnConditionCheckFailure", Shapes.RETURN_ON_FAILED_CONDITION));
    return new Shape.ListOf(
        new Shape.Part(new Shape.Structure(javaName, members)),
        1,
        most,
        Shape.Wording.WITHOUT_VALUE);
  }

  /** Returns the statements of a list. */
  static List<ParameterizedStatement> statements(List<InTurn> parts) {
    return parts.stream().map(part -> statement(part.members(), part.badValue())).toList();
  }

  static ParameterizedStatement statement(Members members, Optional<String> badValue) {
    @Nullable List<AttributeValue> parameters = members.valueList("Parameters");
    return new ParameterizedStatement(
        members.requiredText("Statement"),
        parameters == null ? List.of() : parameters,
        badValue.orElse(null),
        members.isTrue("ConsistentRead"),
        "ALL_OLD".equals(members.text("ReturnValuesOnConditionCheckFailure")));
  }
}
