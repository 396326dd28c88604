package org.ostraka.expression.partiql;

/** One attribute of an ORDER BY. Immutable. */
public record Ordering(String attribute, boolean descending) {}
