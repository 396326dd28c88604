package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeAction;
import org.ostraka.model.AttributeValue;

/**
 * A change of an attribute in the older request form: the API's {@code AttributeValueUpdate}.
 * Immutable.
 *
 * @param value the value to put, add or delete; may be absent for DELETE, which then removes the
 *     attribute
 */
public record AttributeUpdate(@Nullable AttributeValue value, AttributeAction action) {}
