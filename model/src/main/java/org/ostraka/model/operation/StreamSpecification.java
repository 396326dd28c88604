package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.StreamViewType;

/**
 * What a request says of a table's stream. Immutable.
 *
 * @param viewType required when the stream is enabled, and refused when it is disabled
 */
public record StreamSpecification(boolean enabled, @Nullable StreamViewType viewType) {}
