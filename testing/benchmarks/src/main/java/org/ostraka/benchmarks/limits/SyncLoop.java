package org.ostraka.benchmarks.limits;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Measures how long the disk takes to append a kilobyte and to sync it. Stateless. */
public final class SyncLoop {

  private static final int APPEND_BYTES = 1024;

  private SyncLoop() {}

  /** Appends and syncs for this time, to a file that it deletes afterwards. */
  public static Measurement measure(Path file, Duration duration) throws IOException {
    Histogram latencies = new Histogram(3);
    ByteBuffer bytes = ByteBuffer.allocateDirect(APPEND_BYTES);
    long start = System.nanoTime();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (System.nanoTime() - start < duration.toNanos()) {
        long before = System.nanoTime();
        channel.write(bytes.rewind());
        channel.force(false);
        latencies.recordValue(System.nanoTime() - before);
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return new Measurement(latencies, Duration.ofNanos(System.nanoTime() - start));
  }
}
