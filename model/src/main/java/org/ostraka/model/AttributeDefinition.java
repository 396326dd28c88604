package org.ostraka.model;

/** The name and type of an attribute that keys may use. Immutable. */
public record AttributeDefinition(String name, ScalarType type) {}
