package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;

/** The requested maximum of request units a second: -1 removes a maximum. Immutable. */
public record OnDemandMaximum(@Nullable Long maxReadUnits, @Nullable Long maxWriteUnits) {}
