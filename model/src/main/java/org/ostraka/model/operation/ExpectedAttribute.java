package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ComparisonOperator;

/**
 * A condition on an attribute before a write in the older request form: the API's {@code
 * ExpectedAttributeValue}, either with a value or its absence, or with an operator. Immutable.
 */
public record ExpectedAttribute(
    @Nullable AttributeValue value,
    @Nullable Boolean exists,
    @Nullable ComparisonOperator operator,
    @Nullable List<AttributeValue> values) {}
