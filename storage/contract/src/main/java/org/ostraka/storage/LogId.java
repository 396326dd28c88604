package org.ostraka.storage;

/** A log: the space that holds its records. Immutable. */
public record LogId(Space space) {}
