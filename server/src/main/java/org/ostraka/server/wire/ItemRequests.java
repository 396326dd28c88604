package org.ostraka.server.wire;

import java.util.List;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnValues;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.model.operation.WriteCondition;

/** The common parts of the requests of item operations. Stateless. */
final class ItemRequests {
  /** The service puts this before the message about a bad request to write one item. */
  static final String WRITE_PREFIX = "1 validation error detected: ";

  private ItemRequests() {}

  /** Returns the condition of the write and the request's placeholders. */
  static WriteCondition condition(Members members) {
    Item values = members.item("ExpressionAttributeValues");
    Substitutions substitutions =
        new Substitutions(
            members.textMap("ExpressionAttributeNames"),
            values == null ? null : values.attributes());
    return new WriteCondition(
        members.text("ConditionExpression"),
        OlderForms.expected(members),
        OlderForms.conditionalOperator(members),
        substitutions,
        "ALL_OLD".equals(members.text("ReturnValuesOnConditionCheckFailure")));
  }

  /** Refuses a put or delete with a condition in both forms. */
  static void refuseMixedConditions(Members members) {
    OlderForms.refuseMixed(
        members,
        WRITE_PREFIX,
        List.of("Expected", "ConditionalOperator"),
        List.of("ConditionExpression"));
  }

  /** Refuses an empty table name, before all other checks. */
  static void refuseEmptyTableName(Members members) {
    String name = members.text("TableName");
    if (name != null && name.isEmpty()) {
      throw new ValidationException(
          WRITE_PREFIX
              + "Value at 'TableName' failed to satisfy constraint: Member must have length greater"
              + " than or equal to 1");
    }
  }

  /** Refuses values of ReturnValues that a put or a delete does not have. */
  static void refuseUpdatedImages(Members members) {
    switch (members.word("ReturnValues", ReturnValues.NONE)) {
      case NONE, ALL_OLD -> {}
      case UPDATED_OLD, ALL_NEW, UPDATED_NEW ->
          throw new ValidationException(WRITE_PREFIX + "ReturnValues can only be ALL_OLD or NONE");
    }
  }
}
