package org.ostraka.engine.table;

import org.ostraka.model.Index;
import org.ostraka.storage.Space;

/**
 * An index of a table in use. Immutable.
 *
 * @param space where the index's rows lie
 */
public record OpenIndex(Index index, Space space) {}
