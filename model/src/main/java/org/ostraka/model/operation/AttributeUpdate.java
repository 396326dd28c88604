package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeAction;
import org.ostraka.model.AttributeValue;

/**
 * What the older request form does with an attribute: the API's {@code AttributeValueUpdate}.
 * Immutable.
 *
 * @param value what is put, added or deleted; may be absent for DELETE, which then removes the
 *     attribute
 */
public record AttributeUpdate(@Nullable AttributeValue value, AttributeAction action) {}
