package org.ostraka.benchmarks.workload;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.benchmarks.load.Caller;
import org.ostraka.benchmarks.load.LoadFailedException;
import org.ostraka.benchmarks.load.Request;
import org.ostraka.benchmarks.load.RequestTemplate;
import org.ostraka.benchmarks.load.Texts;

/** The benchmark's tables in one server, which it makes when they are needed. One thread. */
public final class Tables {
  static final int BATCH_ITEMS = 25;

  private static final int WRITERS = 16;

  /** The most bytes of bodies at once: a server may refuse more than it has memory for. */
  private static final int MAX_BYTES_UNDER_WAY = 24 << 20;

  private static final int MAX_LOOKS = 1200;
  private static final long LOOK_NANOS = 50_000_000;

  private static final Pattern TABLE_ARN = Pattern.compile("\"TableArn\":\"([^\"]+)\"");

  private final URI endpoint;
  private final ItemShape shape;
  private final long keys;
  private final int warmThroughput;
  private final Set<Table> made = EnumSet.noneOf(Table.class);

  /**
   * Does not make any table yet.
   *
   * @param keys the least number of items in filled tables
   */
  public Tables(URI endpoint, ItemShape shape, long keys) {
    this(endpoint, shape, keys, 0);
  }

  /**
   * Does not make any table yet.
   *
   * @param keys the least number of items in filled tables
   * @param warmThroughput the units of reads, and of writes, each second that tables are created
   *     for; 0 for what the server gives
   */
  public Tables(URI endpoint, ItemShape shape, long keys, int warmThroughput) {
    this.endpoint = endpoint;
    this.shape = shape;
    this.keys = keys;
    this.warmThroughput = warmThroughput;
  }

  /** Makes and fills the table of this workload; replaces one of an earlier run. */
  public void prepare(WorkloadKind kind) throws IOException {
    prepare(kind.table());
  }

  private void prepare(Table table) throws IOException {
    if (!made.add(table)) {
      return;
    }
    try (Caller caller = new Caller(endpoint)) {
      for (String name : table.tableNames()) {
        delete(caller, name);
        Caller.Answer answer = caller.call("CreateTable", table.createBody(name, warmThroughput));
        if (!answer.isSuccess()) {
          throw new LoadFailedException("no table: " + answer.summary());
        }
        await(caller, name, "\"TableStatus\":\"ACTIVE\"");
      }
    }
    fill(table, table.items(keys, shape));
  }

  /** Makes and fills a table of items that have expired; replaces one of an earlier run. */
  public void prepareExpiring() throws IOException {
    prepare(Table.EXPIRING);
  }

  /** Lets the server count the keys that are used of the tables of this workload, or not. */
  public void countKeys(WorkloadKind kind, boolean enabled) throws IOException {
    try (Caller caller = new Caller(endpoint)) {
      for (String name : kind.table().tableNames()) {
        Caller.Answer answer =
            caller.call(
                "UpdateContributorInsights",
                "{\"TableName\":\"%s\",\"ContributorInsightsAction\":\"%s\"}"
                    .formatted(name, enabled ? "ENABLE" : "DISABLE"));
        if (!answer.isSuccess()) {
          throw new LoadFailedException("no contributor insights: " + answer.summary());
        }
      }
    }
  }

  /** Tags the tables of this workload with a mode of {@code --capacity}. */
  public void setCapacityMode(WorkloadKind kind, String mode) throws IOException {
    try (Caller caller = new Caller(endpoint)) {
      for (String name : kind.table().tableNames()) {
        Caller.Answer answer =
            caller.call(
                "TagResource",
                "{\"ResourceArn\":\"%s\",\"Tags\":[{\"Key\":\"ostraka:capacity\",\"Value\":\"%s\"}]}"
                    .formatted(arn(caller, name), mode));
        if (!answer.isSuccess()) {
          throw new LoadFailedException("no mode of capacity: " + answer.summary());
        }
      }
    }
  }

  private static String arn(Caller caller, String name) throws IOException {
    Caller.Answer answer = caller.call("DescribeTable", body(name));
    Matcher arn = TABLE_ARN.matcher(answer.summary());
    if (!arn.find()) {
      throw new LoadFailedException("no ARN of a table: " + answer.summary());
    }
    return arn.group(1);
  }

  /** Deletes the tables that were made. */
  public void drop() throws IOException {
    try (Caller caller = new Caller(endpoint)) {
      for (Table table : made) {
        for (String name : table.tableNames()) {
          delete(caller, name);
        }
      }
    }
    made.clear();
  }

  private static void delete(Caller caller, String name) throws IOException {
    if (caller.call("DeleteTable", body(name)).isSuccess()) {
      await(caller, name, "ResourceNotFoundException");
    }
  }

  private static void await(Caller caller, String name, String sign) throws IOException {
    for (int i = 0; i < MAX_LOOKS; i++) {
      Caller.Answer answer = caller.call("DescribeTable", body(name));
      if (answer.summary().contains(sign)) {
        return;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new LoadFailedException("a minute went by without " + sign);
  }

  private static String body(String name) {
    return "{\"TableName\":\"" + name + "\"}";
  }

  private void fill(Table table, long items) throws IOException {
    AtomicLong next = new AtomicLong();
    int threads = Math.clamp(MAX_BYTES_UNDER_WAY / (BATCH_ITEMS * shape.bytes()), 1, WRITERS);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        SplittableRandom random = new SplittableRandom(i);
        writers.add(
            executor.submit(() -> {
              write(table, items, next, random);
              return null;
            }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("the tables could not be filled: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private void write(Table table, long items, AtomicLong next, SplittableRandom random)
      throws IOException {
    Request request = batch(endpoint, table, shape).request();
    try (Caller caller = new Caller(endpoint)) {
      for (long from = next.getAndAdd(BATCH_ITEMS);
          from < items;
          from = next.getAndAdd(BATCH_ITEMS)) {
        int field = 0;
        for (int i = 0; i < BATCH_ITEMS; i++) {
          field = shape.fill(request, field, table, from + i, Texts.offset(random, shape.bytes()));
        }
        caller.demand(request);
      }
    }
  }

  /** Returns a BatchWriteItem of 25 puts, with the fields of each item. */
  static RequestTemplate batch(URI endpoint, Table table, ItemShape shape) {
    String put = "[{\"PutRequest\":{\"Item\":" + shape.json(table) + "}}";
    String entry = "\"" + table.tableName() + "\":" + put;
    String entries =
        table.isSpread()
            ? String.join("],", Collections.nCopies(BATCH_ITEMS, entry))
            : entry + ("," + put.substring(1)).repeat(BATCH_ITEMS - 1);
    return RequestTemplate.of(endpoint, "BatchWriteItem", "{\"RequestItems\":{" + entries + "]}}");
  }
}
