package org.ostraka.benchmarks.workload;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.ostraka.benchmarks.load.Distribution;
import org.ostraka.benchmarks.load.KeySpace;
import org.ostraka.benchmarks.load.Workload;

/** The workloads by name. Immutable. */
public enum WorkloadKind {
  /** One whole item written. */
  PUT("PutItem", Table.ITEMS, Distribution.UNIFORM),
  /** One whole item read. */
  GET("GetItem", Table.ITEMS, Distribution.UNIFORM),
  /** One whole item written, in one of a thousand tables. */
  PUT_MANY("PutItem-1000-tables", Table.MANY, Distribution.UNIFORM),
  /** One whole item read, in one of a thousand tables. */
  GET_MANY("GetItem-1000-tables", Table.MANY, Distribution.UNIFORM),
  /** A number counted up. */
  ADD("UpdateItem-ADD", Table.COUNTERS, Distribution.UNIFORM),
  /** A small item put under the condition that it is not there; always a new key. */
  VOTE("vote", Table.VOTES, Distribution.UNIFORM),
  /** Ten neighbouring items of a partition. */
  QUERY_TEN("Query-10", Table.ROWS, Distribution.UNIFORM),
  /** A partition from its start, until the page is full. */
  QUERY_PAGE("Query-1MB", Table.ROWS, Distribution.UNIFORM),
  /** A hundred items of a table, from anywhere on. */
  SCAN("Scan-100", Table.ITEMS, Distribution.UNIFORM),
  /** Twenty-five items written. */
  BATCH("BatchWriteItem-25", Table.ITEMS, Distribution.UNIFORM),
  /** Two items written together. */
  TRANSACT_TWO("TransactWriteItems-2", Table.ITEMS, Distribution.UNIFORM),
  /** Ten items written together. */
  TRANSACT_TEN("TransactWriteItems-10", Table.ITEMS, Distribution.UNIFORM),
  /** Half reads, half updates of one attribute. */
  YCSB_A("YCSB-A", Table.ITEMS, Distribution.ZIPFIAN),
  /** 95 % reads, 5 % updates. */
  YCSB_B("YCSB-B", Table.ITEMS, Distribution.ZIPFIAN),
  /** Reads only. */
  YCSB_C("YCSB-C", Table.ITEMS, Distribution.ZIPFIAN),
  /** 95 % reads of what was inserted lately, 5 % insertions. */
  YCSB_D("YCSB-D", Table.ITEMS, Distribution.LATEST),
  /** 95 % queries of up to 100 items, 5 % insertions. */
  YCSB_E("YCSB-E", Table.ROWS, Distribution.ZIPFIAN),
  /** Half reads, half reads with a write of what was read. */
  YCSB_F("YCSB-F", Table.ITEMS, Distribution.ZIPFIAN);

  private final String title;
  private final Table table;
  private final Distribution distribution;

  WorkloadKind(String title, Table table, Distribution distribution) {
    this.title = title;
    this.table = table;
    this.distribution = distribution;
  }

  /** The workload that the command line calls so, whatever the case of its letters. */
  public static Optional<WorkloadKind> named(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.title.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** Its name for people. */
  public String title() {
    return title;
  }

  /** Which keys it uses how often, where nobody says otherwise. */
  public Distribution distribution() {
    return distribution;
  }

  /** A space of the keys that its table is filled with. */
  public KeySpace keySpace(long keys, ItemShape shape) {
    return new KeySpace(table.isFilled() ? table.items(keys, shape) : keys);
  }

  /** What a client of this endpoint does. */
  public Workload workload(URI endpoint, ItemShape shape) {
    Requests requests = new Requests(endpoint, shape);
    return switch (this) {
      case PUT, PUT_MANY -> Workload.of(requests.put(table));
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

  /** Bytes of items that an operation writes, on average. */
  public double writtenBytes(ItemShape shape) {
    return switch (this) {
      case PUT, PUT_MANY -> shape.bytes();
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
