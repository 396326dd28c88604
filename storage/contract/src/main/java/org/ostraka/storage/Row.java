package org.ostraka.storage;

import org.ostraka.model.Bytes;

/**
 * A key, its value, and the version of the change that wrote it. Immutable.
 *
 * <p>Two changes of one row in one store never have the same version.
 */
public record Row(RowKey key, Bytes value, Version version) {}
