package org.ostraka.engine.capacity;

import java.util.Optional;
import org.ostraka.model.Bytes;
import org.ostraka.model.IndexName;
import org.ostraka.model.TableArn;
import org.ostraka.model.Traffic;

/**
 * Capacity that one partition of a table or a global index provided. Immutable.
 *
 * @param table the table, or that of the index
 * @param index the global index; absent for the table
 * @param key the bytes of the partition key; absent if several partitions provided it
 * @param sort the bytes of the sort key, if one item was used
 */
public record Load(
    TableArn table,
    Traffic traffic,
    Optional<IndexName> index,
    Optional<Bytes> key,
    Optional<Bytes> sort,
    double units) {
  /** Makes the load of a part that used no single item. */
  public Load(
      TableArn table,
      Traffic traffic,
      Optional<IndexName> index,
      Optional<Bytes> key,
      double units) {
    this(table, traffic, index, key, Optional.empty(), units);
  }
}
