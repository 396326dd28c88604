package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ComparisonOperator;

/**
 * What the older request form asks of an attribute: the API's {@code Condition}. Immutable.
 *
 * @param values what the attribute is compared with; absent for operators that compare with nothing
 */
public record AttributeCondition(
    ComparisonOperator operator, @Nullable List<AttributeValue> values) {}
