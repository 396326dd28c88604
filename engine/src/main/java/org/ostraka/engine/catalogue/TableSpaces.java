package org.ostraka.engine.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.model.IndexName;
import org.ostraka.storage.Space;

/**
 * The spaces of the store that hold a table's rows and log records. They are never used for another
 * table. Immutable.
 *
 * @param items the space of the items
 * @param indexes the space of the rows of each index
 * @param discarded the spaces of indexes that the table no longer has
 * @param collections the space of the sizes of item collections; absent for tables without local
 *     indexes
 * @param tombstones the space of tombstones; absent when deletions leave none
 * @param changes the log of the changes of items; absent when the table has none. Its shards
 *     outlive the table: see {@link LogHistory}
 */
public record TableSpaces(
    Space items,
    Map<IndexName, Space> indexes,
    List<Space> discarded,
    Optional<Space> collections,
    Optional<Space> tombstones,
    Optional<ChangeLog> changes) {
  public TableSpaces {
    indexes = Map.copyOf(indexes);
    discarded = List.copyOf(discarded);
  }

  /** Makes the spaces of a new table. */
  public TableSpaces(Space items, Map<IndexName, Space> indexes, Optional<Space> collections) {
    this(items, indexes, List.of(), collections, Optional.empty(), Optional.empty());
  }

  /** Returns the spaces of the logs. */
  List<Space> logs() {
    return changes.stream().flatMap(log -> log.shards().stream().map(LogShard::space)).toList();
  }

  /** Returns the spaces of the rows. */
  public List<Space> rows() {
    return Stream.of(
            List.of(items),
            indexes.values(),
            discarded,
            collections.stream().toList(),
            tombstones.stream().toList())
        .flatMap(each -> each.stream())
        .toList();
  }

  TableSpaces withIndex(IndexName name, Space space) {
    Map<IndexName, Space> more = new HashMap<>(indexes);
    more.put(name, space);
    return withIndexes(more, discarded);
  }

  TableSpaces withIndexes(Map<IndexName, Space> kept, List<Space> gone) {
    return new TableSpaces(items, kept, gone, collections, tombstones, changes);
  }

  TableSpaces withTombstones(Optional<Space> space) {
    return new TableSpaces(items, indexes, discarded, collections, space, changes);
  }

  TableSpaces withChanges(Optional<ChangeLog> log) {
    return new TableSpaces(items, indexes, discarded, collections, tombstones, log);
  }
}
