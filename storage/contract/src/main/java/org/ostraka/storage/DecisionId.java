package org.ostraka.storage;

/**
 * Tells a decision from all others of its store: all records of one decision have the same. Opaque.
 * Immutable.
 */
public record DecisionId(long value) {}
