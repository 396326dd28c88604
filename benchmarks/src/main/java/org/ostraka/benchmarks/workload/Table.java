package org.ostraka.benchmarks.workload;

import java.util.Locale;
import org.ostraka.benchmarks.load.Request;

/** The tables of the benchmark. Immutable. */
enum Table {
  /** Items of one size under a partition key. */
  ITEMS(false),
  /** Items of one size in partitions, for queries. */
  ROWS(true),
  /** Votes, which begin empty. */
  VOTES(false),
  /** Small items with a number, which begin empty. */
  COUNTERS(false);

  private static final String HASH_KEY = "\"id\":{\"S\":\"@d12@\"}";
  private static final String BOTH_KEYS = "\"pk\":{\"S\":\"@d12@\"},\"sk\":{\"S\":\"@d12@\"}";

  private final boolean sorted;

  Table(boolean sorted) {
    this.sorted = sorted;
  }

  /** Its name in a server. */
  String tableName() {
    return "ostraka-bench-" + name().toLowerCase(Locale.ROOT);
  }

  boolean isFilled() {
    return this == ITEMS || this == ROWS;
  }

  String keyJson() {
    return sorted ? BOTH_KEYS : HASH_KEY;
  }

  int keyFields() {
    return sorted ? 2 : 1;
  }

  int keyBytes() {
    return keyFields() * (2 + ItemShape.KEY_DIGITS);
  }

  /** Sets the key's fields from this one on; the next field. */
  int fillKey(Request request, int field, long key, ItemShape shape) {
    if (!sorted) {
      request.number(field, key);
      return field + 1;
    }
    request.number(field, key / shape.rowsPerPartition());
    request.number(field + 1, key % shape.rowsPerPartition());
    return field + 2;
  }

  /** Items that fill it: for rows whole partitions, and batches always. */
  long items(long keys, ItemShape shape) {
    if (!isFilled()) {
      return 0;
    }
    long unit = sorted ? shape.rowsPerPartition() : 1;
    long whole = (keys + unit - 1) / unit * unit;
    return (whole + Tables.BATCH_ITEMS - 1) / Tables.BATCH_ITEMS * Tables.BATCH_ITEMS;
  }

  String createBody() {
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
    return "{\"TableName\":\"%s\",\"BillingMode\":\"PAY_PER_REQUEST\",%s}"
        .formatted(tableName(), keys);
  }

  String nameBody() {
    return "{\"TableName\":\"" + tableName() + "\"}";
  }
}
