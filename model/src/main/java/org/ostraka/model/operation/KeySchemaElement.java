package org.ostraka.model.operation;

import org.ostraka.model.KeyType;

/** One attribute of a key as a request spells it; only its own form is checked. Immutable. */
public record KeySchemaElement(String attributeName, KeyType keyType) {}
