package org.ostraka.storage;

import org.ostraka.model.Bytes;

/** A key and its value. Immutable. */
public record Row(RowKey key, Bytes value) {}
