package org.ostraka.benchmarks.workload;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ostraka.benchmarks.load.Request;

/** The tables of the benchmark. Immutable. */
enum Table {
  /** Items of one size under a partition key. */
  ITEMS(false, 1),
  /** Items of one size in partitions, for queries. */
  ROWS(true, 1),
  /** Votes, which begin empty. */
  VOTES(false, 1),
  /** Small items with a number, which begin empty. */
  COUNTERS(false, 1),
  /** Items as in ITEMS, spread over a thousand tables. */
  MANY(false, 1000),
  /** Items as in ITEMS, each with a time at which it has expired. */
  EXPIRING(false, 1),
  /** Items as in ITEMS, in a table with a stream of both images. */
  STREAMED(false, 1);

  /** The attribute that has the time. */
  static final String EXPIRES = "expires";

  private static final String HASH_KEY = "\"id\":{\"S\":\"@d12@\"}";
  private static final String BOTH_KEYS = "\"pk\":{\"S\":\"@d12@\"},\"sk\":{\"S\":\"@d12@\"}";

  private final boolean sorted;
  private final int count;

  Table(boolean sorted, int count) {
    this.sorted = sorted;
    this.count = count;
  }

  /**
   * Returns the table's name; for several tables it has a field, which comes before those of the
   * key.
   */
  String tableName() {
    return count == 1 ? prefix() : prefix() + "-@d4@";
  }

  /** Returns the names of all its tables. */
  List<String> tableNames() {
    return count == 1
        ? List.of(prefix())
        : IntStream.range(0, count).mapToObj(i -> "%s-%04d".formatted(prefix(), i)).toList();
  }

  private String prefix() {
    return "ostraka-bench-" + name().toLowerCase(Locale.ROOT);
  }

  boolean isFilled() {
    return this == ITEMS || this == ROWS || this == MANY || this == EXPIRING || this == STREAMED;
  }

  /** Returns whether the items of a batch are in different tables. */
  boolean isSpread() {
    return count > 1;
  }

  String keyJson() {
    return sorted ? BOTH_KEYS : HASH_KEY;
  }

  /** Returns the attributes that every item has beside its key and its texts. */
  String fixedJson() {
    return this == EXPIRING
        ? ",\"%s\":{\"N\":\"%d\"}".formatted(EXPIRES, System.currentTimeMillis() / 1_000 - 60)
        : "";
  }

  int keyFields() {
    return sorted ? 2 : 1;
  }

  int keyBytes() {
    return keyFields() * (2 + ItemShape.KEY_DIGITS);
  }

  /**
   * Sets the field of the table's name, if there is one, and those of the key; returns the next
   * field.
   */
  int fillKey(Request request, int field, long key, ItemShape shape) {
    if (isSpread()) {
      request.number(field, key % count);
      request.number(field + 1, key);
      return field + 2;
    }
    if (!sorted) {
      request.number(field, key);
      return field + 1;
    }
    request.number(field, key / shape.rowsPerPartition());
    request.number(field + 1, key % shape.rowsPerPartition());
    return field + 2;
  }

  /** Returns the number of items to fill it with: whole batches, and for ROWS whole partitions. */
  long items(long keys, ItemShape shape) {
    if (!isFilled()) {
      return 0;
    }
    long unit = sorted ? shape.rowsPerPartition() : 1;
    long whole = (keys + unit - 1) / unit * unit;
    return (whole + Tables.BATCH_ITEMS - 1) / Tables.BATCH_ITEMS * Tables.BATCH_ITEMS;
  }

  /**
   * Returns the body of CreateTable.
   *
   * @param warmThroughput in units each second; 0 for what the server gives
   */
  String createBody(String tableName, int warmThroughput) {
    String keys =
        sorted
            ? """
            "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},\
            {"AttributeName":"sk","AttributeType":"S"}],\
            "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},\
            {"AttributeName":"sk","KeyType":"RANGE"}]\
            """
            : """
            "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],\
            "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]\
            """;
    String stream =
        this == STREAMED
            ? ",\"StreamSpecification\":{\"StreamEnabled\":true,"
                + "\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}"
            : "";
    String warm =
        warmThroughput == 0
            ? ""
            : ",\"WarmThroughput\":{\"ReadUnitsPerSecond\":%d,\"WriteUnitsPerSecond\":%d}"
                .formatted(warmThroughput, warmThroughput);
    return "{\"TableName\":\"%s\",\"BillingMode\":\"PAY_PER_REQUEST\",%s%s%s}"
        .formatted(tableName, keys, stream, warm);
  }
}
