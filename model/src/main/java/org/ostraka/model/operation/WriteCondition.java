package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;

/**
 * On what condition a single item is written. Immutable.
 *
 * @param expression the condition's text, absent for none
 * @param substitutions what the placeholders of all the request's expressions stand for
 * @param tellItem whether a failure tells the item as it is
 */
public record WriteCondition(
    @Nullable String expression, Substitutions substitutions, boolean tellItem) {
  /** Whatever the item is. */
  public static final WriteCondition NONE = new WriteCondition(null, Substitutions.NONE, false);
}
