package org.ostraka.benchmarks.limits;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;

/**
 * Measures how long RocksDB alone takes to write groups of rows, each with one sync. One thread.
 */
public final class RocksLoop implements AutoCloseable {
  private static final int SIGNIFICANT_DIGITS = 3;

  private final RocksRows rows;
  private final int keyBytes;
  private final int rowBytes;
  private final RandomGenerator random = new SplittableRandom(1);

  /** Opens a new directory for rows of these sizes. */
  public RocksLoop(Path directory, int keyBytes, int rowBytes) {
    this.rows = RocksRows.open(directory);
    this.keyBytes = keyBytes;
    this.rowBytes = rowBytes;
  }

  /** Writes groups of this many rows for this time; each group is one entry of the measurement. */
  public Measurement measure(int group, Duration duration) {
    Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
    long start = System.nanoTime();
    while (System.nanoTime() - start < duration.toNanos()) {
      List<RocksRows.Row> batch = new ArrayList<>(group);
      for (int i = 0; i < group; i++) {
        batch.add(row());
      }
      long before = System.nanoTime();
      rows.write(batch);
      latencies.recordValue(System.nanoTime() - before);
    }
    return new Measurement(latencies, Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public void close() {
    rows.close();
  }

  private RocksRows.Row row() {
    byte[] key = new byte[keyBytes];
    byte[] value = new byte[rowBytes];
    ByteBuffer.wrap(key).putLong(keyBytes - Long.BYTES, random.nextInt(1_000_000));
    random.nextBytes(value);
    return new RocksRows.Row(key, value);
  }
}
