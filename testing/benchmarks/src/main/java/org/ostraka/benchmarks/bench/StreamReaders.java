package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ostraka.benchmarks.workload.StreamReading;

/** Reads a stream from its beginning, again and again, with a reader for each shard. One thread. */
final class StreamReaders {
  private final Target target;
  private final BenchOptions options;

  StreamReaders(Target target, BenchOptions options) {
    this.target = target;
    this.options = options;
  }

  /**
   * What was read in a turn.
   *
   * @param shards how many there were, and as many readers
   * @param bytes of the answers' bodies
   * @param perSecond records a second
   * @param serverMicros processor time of the server for each record
   * @param ownMicros processor time of the readers for each record
   */
  record Read(
      int shards,
      long records,
      double bytes,
      double perSecond,
      double serverMicros,
      double ownMicros) {}

  /** Reads for as long as warming up takes, and then in rounds; returns the medians. */
  Read read() throws IOException {
    var _ = turn(options.warmUp().toNanos());
    List<Read> turns = new ArrayList<>();
    for (int i = 0; i < options.rounds(); i++) {
      turns.add(turn(options.duration().toNanos()));
    }
    return new Read(
        turns.getFirst().shards(),
        turns.getFirst().records(),
        Medians.of(turns.stream().mapToDouble(Read::bytes)),
        Medians.of(turns.stream().mapToDouble(Read::perSecond)),
        Medians.of(turns.stream().mapToDouble(Read::serverMicros)),
        Medians.of(turns.stream().mapToDouble(Read::ownMicros)));
  }

  private Read turn(long nanos) throws IOException {
    List<String> shards;
    try (StreamReading reading = new StreamReading(target.endpoint())) {
      shards = reading.iterators("TRIM_HORIZON");
    }
    Usage usage = new Usage(target.facts());
    long start = System.nanoTime();
    usage.begin();
    long[] totals = new long[2];
    for (long[] each : all(shards, start + nanos)) {
      Arrays.setAll(totals, i -> totals[i] + each[i]);
    }
    usage.end();
    double seconds = (System.nanoTime() - start) / 1e9;
    long records = Math.max(1, totals[0]);
    return new Read(
        shards.size(),
        records,
        (double) totals[1] / records,
        totals[0] / seconds,
        usage.serverMicros() / records,
        usage.ownMicros() / records);
  }

  private List<long[]> all(List<String> shards, long end) throws IOException {
    try (ExecutorService executor = Executors.newFixedThreadPool(shards.size())) {
      List<Future<long[]>> readers = new ArrayList<>();
      for (String first : shards) {
        readers.add(executor.submit(() -> readUntil(first, end)));
      }
      List<long[]> read = new ArrayList<>();
      for (Future<long[]> reader : readers) {
        read.add(reader.get());
      }
      return read;
    } catch (ExecutionException failed) {
      throw new IOException("the stream was not read: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /** Reads a shard again and again; returns the number of records and the bytes of their JSON. */
  private long[] readUntil(String first, long end) throws IOException {
    long records = 0;
    long bytes = 0;
    try (StreamReading reading = new StreamReading(target.endpoint())) {
      String at = first;
      while (System.nanoTime() < end) {
        StreamReading.Page page = reading.page(at);
        records += page.records();
        bytes += page.body().limit();
        Optional<String> next = page.next();
        at = page.records() == 0 || next.isEmpty() ? first : next.get();
      }
    }
    return new long[] {records, bytes};
  }
}
