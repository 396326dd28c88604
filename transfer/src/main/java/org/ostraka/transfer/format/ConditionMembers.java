package org.ostraka.transfer.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.operation.Substitutions;
import org.ostraka.model.operation.WriteCondition;

/**
 * The members of a record that say on what condition its item is put: those of PutItem ("Amazon S3
 * input formats for bulk put items"). One thread.
 */
public final class ConditionMembers {
  public static final String EXPRESSION = "ConditionExpression";
  public static final String NAMES = "ExpressionAttributeNames";
  public static final String VALUES = "ExpressionAttributeValues";

  private @Nullable String expression;
  private @Nullable Map<String, String> names;
  private @Nullable Map<String, AttributeValue> values;

  public void expression(String text) {
    expression = text;
  }

  public void names(Map<String, String> placeholders) {
    names = placeholders;
  }

  public void values(Map<String, AttributeValue> placeholders) {
    values = placeholders;
  }

  /** Returns the condition; a failure tells the item that is there. */
  public WriteCondition condition() {
    return expression == null && names == null && values == null
        ? WriteCondition.NONE
        : new WriteCondition(expression, null, null, new Substitutions(names, values), true);
  }
}
