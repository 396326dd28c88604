package org.ostraka.options;

/**
 * An argument that a command takes without an option's name. Immutable.
 *
 * @param name its name in help texts: {@code DIR}
 */
public record Parameter(String name, boolean isRequired, String description) {}
