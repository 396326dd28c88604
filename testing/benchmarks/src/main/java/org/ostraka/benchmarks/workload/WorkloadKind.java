package org.ostraka.benchmarks.workload;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.KeySpace;
import org.ostraka.benchmarks.load.Workload;

/** The workloads. Immutable. */
public enum WorkloadKind {
  /** Writes one whole item. */
  PUT("PutItem", Table.ITEMS, Distribution.UNIFORM),
  /** Reads one whole item. */
  GET("GetItem", Table.ITEMS, Distribution.UNIFORM),
  /** Writes one whole item in one of a thousand tables. */
  PUT_MANY("PutItem-1000-tables", Table.MANY, Distribution.UNIFORM),
  /** Reads one whole item of one of a thousand tables. */
  GET_MANY("GetItem-1000-tables", Table.MANY, Distribution.UNIFORM),
  /** Writes one whole item of a table with a stream of both images. */
  PUT_STREAMED("PutItem-stream", Table.STREAMED, Distribution.UNIFORM),
  /** Increments a number. */
  ADD("UpdateItem-ADD", Table.COUNTERS, Distribution.UNIFORM),
  /** Puts a small item on the condition that it does not exist; the key is always new. */
  VOTE("vote", Table.VOTES, Distribution.UNIFORM),
  /** Reads ten neighbouring items of a partition. */
  QUERY_TEN("Query-10", Table.ROWS, Distribution.UNIFORM),
  /** Reads a partition from its start until the page is full. */
  QUERY_PAGE("Query-1MB", Table.ROWS, Distribution.UNIFORM),
  /** Reads a hundred items of a table from a random place on. */
  SCAN("Scan-100", Table.ITEMS, Distribution.UNIFORM),
  /** Writes twenty-five items. */
  BATCH("BatchWriteItem-25", Table.ITEMS, Distribution.UNIFORM),
  /** Writes two items in one transaction. */
  TRANSACT_TWO("TransactWriteItems-2", Table.ITEMS, Distribution.UNIFORM),
  /** Writes ten items in one transaction. */
  TRANSACT_TEN("TransactWriteItems-10", Table.ITEMS, Distribution.UNIFORM),
  /** Half reads, half updates of one attribute. */
  YCSB_A("YCSB-A", Table.ITEMS, Distribution.ZIPFIAN),
  /** 95 % reads, 5 % updates. */
  YCSB_B("YCSB-B", Table.ITEMS, Distribution.ZIPFIAN),
  /** Reads only. */
  YCSB_C("YCSB-C", Table.ITEMS, Distribution.ZIPFIAN),
  /** 95 % reads of recently inserted items, 5 % insertions. */
  YCSB_D("YCSB-D", Table.ITEMS, Distribution.LATEST),
  /** 95 % queries of up to 100 items, 5 % insertions. */
  YCSB_E("YCSB-E", Table.ROWS, Distribution.ZIPFIAN),
  /** Half reads, half reads with an update of the same item. */
  YCSB_F("YCSB-F", Table.ITEMS, Distribution.ZIPFIAN);

  private final String title;
  private final Table table;
  private final Distribution distribution;

  WorkloadKind(String title, Table table, Distribution distribution) {
    this.title = title;
    this.table = table;
    this.distribution = distribution;
  }

  /** Returns the workload with this title, ignoring case; empty when there is none. */
  public static Optional<WorkloadKind> named(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.title.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** Returns the name in options and tables. */
  public String title() {
    return title;
  }

  /** Returns the default distribution of its keys. */
  public Distribution distribution() {
    return distribution;
  }

  /** Makes a space of the keys that its table is filled with. */
  public KeySpace keySpace(long keys, ItemShape shape) {
    return new KeySpace(table.isFilled() ? table.items(keys, shape) : keys);
  }

  /** Makes the workload for this endpoint. */
  public Workload workload(URI endpoint, ItemShape shape) {
    Requests requests = new Requests(endpoint, shape);
    return switch (this) {
      case PUT, PUT_MANY, PUT_STREAMED -> Workload.of(requests.put(table));
      case GET, GET_MANY, YCSB_C -> Workload.of(requests.get(table));
      case ADD -> Workload.of(requests.add());
      case VOTE -> Workload.of(requests.vote());
      case QUERY_TEN -> Workload.of(requests.queryTen());
      case QUERY_PAGE -> Workload.of(requests.queryPage());
      case SCAN -> Workload.of(requests.scan());
      case BATCH -> Workload.of(requests.batch());
      case TRANSACT_TWO -> Workload.of(requests.transact(2));
      case TRANSACT_TEN -> Workload.of(requests.transact(10));
      case YCSB_A, YCSB_B, YCSB_D, YCSB_E, YCSB_F -> Mixes.of(this, requests);
    };
  }

  /** Returns the average bytes of items that an operation writes. */
  public double writtenBytes(ItemShape shape) {
    return switch (this) {
      case PUT, PUT_MANY, PUT_STREAMED -> shape.bytes();
      case ADD -> Requests.COUNTER_BYTES;
      case VOTE -> Requests.VOTE_BYTES;
      case BATCH -> 25.0 * shape.bytes();
      case TRANSACT_TWO -> 2.0 * shape.bytes();
      case TRANSACT_TEN -> 10.0 * shape.bytes();
      case YCSB_A, YCSB_F -> 0.5 * shape.bytes();
      case YCSB_B, YCSB_D, YCSB_E -> 0.05 * shape.bytes();
      case GET, GET_MANY, QUERY_TEN, QUERY_PAGE, SCAN, YCSB_C -> 0;
    };
  }

  Table table() {
    return table;
  }
}
