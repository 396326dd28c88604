package org.ostraka.engine.stream;

import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableSize;

/**
 * How many partitions the service would keep a table in; a stream has an open shard for each.
 * Stateless.
 *
 * <p>"Partitions and data distribution" in the Developer Guide: a partition has up to 10 GB, 1,000
 * write units and 3,000 read units a second.
 */
public final class Partitions {
  private static final long BYTES = 10L << 30;
  private static final double WRITE_UNITS = 1_000;
  private static final double READ_UNITS = 3_000;

  private Partitions() {}

  /** Returns the number of open shards that a table's stream should have. */
  public static int of(TableDescription table, TableSize size, StreamSettings settings) {
    double forUnits =
        table.throughput().writeUnits() / WRITE_UNITS + table.throughput().readUnits() / READ_UNITS;
    double forBytes = (double) size.sizeBytes() / BYTES;
    double most = Math.max(forUnits, forBytes);
    return Math.clamp((long) Math.ceil(most), settings.shards(), StreamSettings.MAX_SHARDS);
  }
}
