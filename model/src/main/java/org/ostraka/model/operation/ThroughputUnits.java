package org.ostraka.model.operation;

/** Capacity units a second as a request asks for them, 1 or more. Immutable. */
public record ThroughputUnits(long readUnits, long writeUnits) {}
