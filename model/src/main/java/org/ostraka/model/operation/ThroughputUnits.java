package org.ostraka.model.operation;

/** The requested capacity units a second, 1 or more. Immutable. */
public record ThroughputUnits(long readUnits, long writeUnits) {}
