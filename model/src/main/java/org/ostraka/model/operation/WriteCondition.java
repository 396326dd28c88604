package org.ostraka.model.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConditionalOperator;

/**
 * The condition on which a single item is written. Immutable.
 *
 * @param expression the condition's text, absent for none
 * @param expected the condition in the older form, by attribute
 * @param operator the operator that joins the older form's conditions, absent for AND
 * @param substitutions the names and values of the placeholders of all the request's expressions
 * @param returnsItem whether a failure returns the current item
 */
public record WriteCondition(
    @Nullable String expression,
    @Nullable Map<String, ExpectedAttribute> expected,
    @Nullable ConditionalOperator operator,
    Substitutions substitutions,
    boolean returnsItem) {
  /** The condition that every item meets. */
  public static final WriteCondition NONE =
      new WriteCondition(null, null, null, Substitutions.NONE, false);
}
