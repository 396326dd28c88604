package org.ostraka.model.operation;

import org.ostraka.model.KeyType;

/**
 * One attribute of a key as a request spells it, checked for nothing but its own form. Immutable.
 */
public record KeySchemaElement(String attributeName, KeyType keyType) {}
