package org.ostraka.engine.stream;

import org.ostraka.model.operation.GetRecords;
import org.ostraka.storage.Position;

/**
 * A change of one item for a reader of a table's changes. Immutable.
 *
 * @param position where the change is in its shard
 * @param record the change as GetRecords shows it
 */
public record Change(Position position, GetRecords.StreamRecord record) {}
