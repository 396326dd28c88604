package org.ostraka.model;

/** An attribute that keys may use, and its type. Immutable. */
public record AttributeDefinition(String name, ScalarType type) {}
