package org.ostraka.engine.capacity;

import java.util.Optional;
import org.ostraka.model.Bytes;
import org.ostraka.model.IndexName;
import org.ostraka.model.Traffic;

/**
 * Capacity that one partition of a table or a global index provided. Immutable.
 *
 * @param index the global index; absent for the table
 * @param key the bytes of the partition key; absent if several partitions provided it
 */
public record Load(Traffic traffic, Optional<IndexName> index, Optional<Bytes> key, double units) {}
