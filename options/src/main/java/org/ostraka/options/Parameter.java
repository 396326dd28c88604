package org.ostraka.options;

/**
 * What a command takes without a name. Immutable.
 *
 * @param name what help texts call it: {@code DIR}
 */
public record Parameter(String name, boolean isRequired, String description) {}
