package org.ostraka.model.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConditionalOperator;

/**
 * On what condition a single item is written. Immutable.
 *
 * @param expression the condition's text, absent for none
 * @param expected the condition in the older form, by attribute
 * @param operator what joins the older form's conditions, absent for AND
 * @param substitutions what the placeholders of all the request's expressions stand for
 * @param returnsItem whether a failure tells the item as it is
 */
public record WriteCondition(
    @Nullable String expression,
    @Nullable Map<String, ExpectedAttribute> expected,
    @Nullable ConditionalOperator operator,
    Substitutions substitutions,
    boolean returnsItem) {
  /** Whatever the item is. */
  public static final WriteCondition NONE =
      new WriteCondition(null, null, null, Substitutions.NONE, false);
}
