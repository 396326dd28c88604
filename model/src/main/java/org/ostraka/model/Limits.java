package org.ostraka.model;

/**
 * The service's limits that more than one room needs, with their units. "Quotas in Amazon DynamoDB"
 * in the Developer Guide, unless another source is named.
 */
public final class Limits {
  /** An item's size, names and values, inclusive. */
  public static final int ITEM_BYTES = 400 * 1024;

  /** A partition key's value. */
  public static final int PARTITION_KEY_BYTES = 2048;

  /** A sort key's value. */
  public static final int SORT_KEY_BYTES = 1024;

  /** An attribute's name. */
  public static final int ATTRIBUTE_NAME_BYTES = 65_535;

  /** The name of an attribute that is a key. */
  public static final int KEY_NAME_CHARS = 255;

  /** Levels of lists and maps within an item. */
  public static final int NESTING_LEVELS = 32;

  /** Attributes of an index's partition key, and as many of its sort key. */
  public static final int INDEX_KEY_PARTS = 4;

  /** Local secondary indexes of a table. */
  public static final int LOCAL_INDEXES = 5;

  /** Global secondary indexes of a table. */
  public static final int GLOBAL_INDEXES = 20;

  /** Non-key attributes that one index names. */
  public static final int INDEX_ATTRIBUTES = 20;

  /** Non-key attributes that all indexes of a table name; one that several name counts for each. */
  public static final int TABLE_INDEX_ATTRIBUTES = 100;

  /** A table with local indexes: all items of one partition key, with their entries in them. */
  public static final long ITEM_COLLECTION_BYTES = 10L * 1024 * 1024 * 1024;

  /** A table's name, shortest. */
  public static final int TABLE_NAME_MIN_CHARS = 3;

  /** A table's name, longest. */
  public static final int TABLE_NAME_MAX_CHARS = 255;

  /** A table's name or ARN in a request (the service model's TableArn). */
  public static final int TABLE_ARN_MAX_CHARS = 1024;

  /** Tables of one account in one region. */
  public static final int TABLES = 2_500;

  /** Read or write capacity units of one provisioned table. */
  public static final long TABLE_CAPACITY_UNITS = 40_000;

  /** Read or write capacity units of all provisioned tables of one account in one region. */
  public static final long ACCOUNT_CAPACITY_UNITS = 80_000;

  /** Items of one page of a query or scan, by their sizes; the item that reaches it is included. */
  public static final int PAGE_BYTES = 1024 * 1024;

  /** Segments of a parallel scan (the service model's ScanTotalSegments). */
  public static final int SCAN_SEGMENTS = 1_000_000;

  /** Keys of one BatchGetItem, over all tables. */
  public static final int BATCH_GET_KEYS = 100;

  /** Items that one BatchGetItem returns, by their sizes. */
  public static final int BATCH_GET_BYTES = 16 * 1024 * 1024;

  /** Writes of one BatchWriteItem, over all tables. */
  public static final int BATCH_WRITES = 25;

  /** Actions of one transaction. */
  public static final int TRANSACTION_ACTIONS = 100;

  /** All items of one transaction, by their sizes. */
  public static final int TRANSACTION_BYTES = 4 * 1024 * 1024;

  /** A ClientRequestToken, longest. */
  public static final int REQUEST_TOKEN_CHARS = 36;

  /** A statement of PartiQL, longest (the service model's PartiQLStatement). */
  public static final int STATEMENT_CHARS = 8192;

  /** What a statement goes on with, longest (the service model's PartiQLNextToken). */
  public static final int NEXT_TOKEN_CHARS = 32_768;

  /** Statements of one BatchExecuteStatement (the service model's PartiQLBatchRequest). */
  public static final int BATCH_STATEMENTS = 25;

  private Limits() {}
}
