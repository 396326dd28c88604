package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.ostraka.benchmarks.limits.Measurement;
import org.ostraka.benchmarks.limits.RocksLoop;
import org.ostraka.benchmarks.limits.SyncLoop;
import org.ostraka.benchmarks.load.Caller;
import org.ostraka.benchmarks.load.LoadPlan;
import org.ostraka.benchmarks.load.Probe;
import org.ostraka.benchmarks.workload.ItemShape;

/** Measures the layers below Ostraka alone: HTTP library, RocksDB, disk. One thread. */
final class Limits {
  static final String BARE_HTTP = "bare HTTP";
  static final String BARE_ROCKSDB = "bare HTTP and RocksDB";

  /** The size of a stored key for a partition key of twelve characters: head, tag and end. */
  private static final int STORED_KEY_BYTES = 34;

  /**
   * The bytes of a stored item beyond its names and values; STORED_ATTRIBUTE_BYTES come for each
   * attribute.
   */
  private static final int STORED_ITEM_BYTES = 16;

  private static final int STORED_ATTRIBUTE_BYTES = 4;
  private static final int KEY_DIGITS = 12;
  private static final List<Integer> GROUPS = List.of(1, 16, 64);

  private final Servers servers;
  private final ItemShape shape;

  Limits(Servers servers, ItemShape shape) {
    this.servers = servers;
    this.shape = shape;
  }

  /** Starts a bare HTTP server whose answers are as long as this target's to this plan. */
  Target bareHttp(Target like, LoadPlan plan) throws IOException {
    return servers.bare(BARE_HTTP, like, List.of("--answer-bytes", answerBytes(plan)));
  }

  /**
   * Starts a bare HTTP server that also writes a row to RocksDB and syncs it before each answer.
   */
  Target bareRocksDb(Target like, LoadPlan plan) throws IOException {
    Path rows = servers.directory("bare-rocksdb");
    int keyAt = plan.workload().choices().getFirst().steps().getFirst().template().offsetInBody(0);
    return servers.bare(
        BARE_ROCKSDB,
        like,
        List.of(
            "--answer-bytes",
            answerBytes(plan),
            "--rows",
            rows.toString(),
            "--key-at",
            Integer.toString(keyAt),
            "--key-digits",
            Integer.toString(KEY_DIGITS),
            "--key-bytes",
            Integer.toString(STORED_KEY_BYTES),
            "--row-bytes",
            Integer.toString(rowBytes())));
  }

  /** Measures appends with syncs alone. */
  Measurement sync(Duration duration) throws IOException {
    Path file = servers.directory("sync");
    return SyncLoop.measure(file, duration);
  }

  /** Returns the table of the disk: syncs alone, and RocksDB alone with groups of rows. */
  String table(int rounds, Duration duration) throws IOException {
    MarkdownTable table =
        new MarkdownTable("alone, one after the other", "syncs/s", "rows/s", "p50 ms", "p99 ms");
    List<Measurement> syncs = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      syncs.add(sync(duration));
    }
    addRow(table, "append 1 KB and sync", 0, syncs);
    Path directory = Files.createDirectories(servers.directory("rocksdb"));
    try (RocksLoop loop = new RocksLoop(directory, STORED_KEY_BYTES, rowBytes())) {
      for (int group : GROUPS) {
        List<Measurement> groups = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
          groups.add(loop.measure(group, duration));
        }
        addRow(table, "RocksDB, groups of " + group, group, groups);
      }
    }
    Directories.delete(directory);
    return table.toString();
  }

  private int rowBytes() {
    return shape.bytes() + STORED_ITEM_BYTES + shape.attributes() * STORED_ATTRIBUTE_BYTES;
  }

  private static String answerBytes(LoadPlan plan) throws IOException {
    Caller.Answer answer = Probe.answers(plan).getFirst();
    return Long.toString(answer.bodyBytes());
  }

  private static void addRow(MarkdownTable table, String name, int rows, List<Measurement> all) {
    double perSecond = median(all.stream().mapToDouble(Measurement::requestsPerSecond));
    table.row(
        name,
        MarkdownTable.number(perSecond, 0),
        rows == 0 ? "" : MarkdownTable.number(perSecond * rows, 0),
        MarkdownTable.number(median(all.stream().mapToDouble(m -> m.milliseconds(50))), 2),
        MarkdownTable.number(median(all.stream().mapToDouble(m -> m.milliseconds(99))), 2));
  }

  private static double median(DoubleStream values) {
    return Medians.of(values);
  }
}
