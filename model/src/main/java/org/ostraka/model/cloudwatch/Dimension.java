package org.ostraka.model.cloudwatch;

/** One of the names and values by which metrics of a name differ. Immutable. */
public record Dimension(String name, String value) {}
