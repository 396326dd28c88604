package org.ostraka.delivery.region;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.ostraka.engine.catalogue.RegionOrigin;
import org.ostraka.model.Bytes;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Version;

/** What regions have of a table, and what they should have. Stateless. */
final class ReplicatedState {
  private ReplicatedState() {}

  /** Returns the version of each item, by its key. */
  static Map<Bytes, Version> of(TestRegion region, String table) {
    Map<Bytes, Version> state = new HashMap<>();
    region.items(table).forEach((key, row) -> state.put(key, row.version()));
    return state;
  }

  /**
   * Returns the newest change of each item among those that the writers made themselves, without
   * items that it deletes. Reads their logs, and not what was replicated.
   */
  static Map<Bytes, Version> winners(Collection<TestRegion> writers, String table) {
    Map<Bytes, Version> winners = new HashMap<>();
    newest(writers, table)
        .forEach((key, record) -> {
          if (TestRegion.change(record).after().isPresent()) {
            winners.put(key, record.version());
          }
        });
    return winners;
  }

  /** Returns the newest change of each item that one of the regions wrote itself. */
  static Map<Bytes, LogRecord> newest(Collection<TestRegion> writers, String table) {
    Map<Bytes, LogRecord> newest = new HashMap<>();
    for (TestRegion region : writers) {
      Origin own = RegionOrigin.of(region.region());
      for (LogRecord record : region.records(table)) {
        if (record.version().origin().equals(own)) {
          newest.merge(
              TestRegion.change(record).key(),
              record,
              (a, b) -> a.version().compareTo(b.version()) > 0 ? a : b);
        }
      }
    }
    return newest;
  }
}
