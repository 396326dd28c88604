package org.ostraka.storage.rocksdb;

import java.util.ArrayList;
import java.util.List;
import org.ostraka.storage.Measure;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** What RocksDB tells of itself: "Properties" in its include/rocksdb/db.h. Stateless. */
final class RocksMeasures {
  private record Property(String name, String property, String help) {}

  private static final List<Property> PROPERTIES =
      List.of(
          new Property("compactions", "num-running-compactions", "Compactions that run."),
          new Property(
              "compaction_pending_bytes",
              "estimate-pending-compaction-bytes",
              "Bytes that compactions have yet to rewrite."),
          new Property("flushes", "num-running-flushes", "Flushes of memory tables that run."),
          new Property(
              "memory_table_bytes", "cur-size-all-mem-tables", "Bytes of the memory tables."),
          new Property("block_cache_bytes", "block-cache-usage", "Bytes in the cache of blocks."),
          new Property("table_file_bytes", "total-sst-files-size", "Bytes of the table files."),
          new Property("write_stopped", "is-write-stopped", "1 while compactions stop writes."));

  private RocksMeasures() {}

  /** Returns the numbers; those are missing that RocksDB does not tell. */
  static List<Measure> of(RocksDB database) {
    List<Measure> measures = new ArrayList<>();
    for (Property each : PROPERTIES) {
      try {
        long value = database.getLongProperty("rocksdb." + each.property());
        measures.add(Measure.gauge(each.name(), each.help(), value));
      } catch (RocksDBException _) {
        // Not told: the number is missing.
      }
    }
    return measures;
  }
}
