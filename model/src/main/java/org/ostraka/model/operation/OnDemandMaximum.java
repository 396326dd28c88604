package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;

/**
 * Maximum request units a second as a request asks for them: -1 takes a maximum away. Immutable.
 */
public record OnDemandMaximum(@Nullable Long maxReadUnits, @Nullable Long maxWriteUnits) {}
