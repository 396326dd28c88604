package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ComparisonOperator;

/**
 * A condition on an attribute in the older request form: the API's {@code Condition}. Immutable.
 *
 * @param values the values to compare the attribute with; absent for operators that compare with
 *     nothing
 */
public record AttributeCondition(
    ComparisonOperator operator, @Nullable List<AttributeValue> values) {}
