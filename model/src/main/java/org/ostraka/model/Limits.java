package org.ostraka.model;

/**
 * The service's limits that more than one module needs, with their units. "Quotas in Amazon
 * DynamoDB" in the Developer Guide, unless another source is named.
 */
public final class Limits {
  /** The greatest size of an item, names and values, inclusive. */
  public static final int ITEM_BYTES = 400 * 1024;

  /** The greatest size of a partition key's value. */
  public static final int PARTITION_KEY_BYTES = 2048;

  /** The greatest size of a sort key's value. */
  public static final int SORT_KEY_BYTES = 1024;

  /** The greatest size of an attribute's name. */
  public static final int ATTRIBUTE_NAME_BYTES = 65_535;

  /** The longest name of a key attribute. */
  public static final int KEY_NAME_CHARS = 255;

  /** The longest name of a time-to-live attribute (the service model's TimeToLiveAttributeName). */
  public static final int TTL_ATTRIBUTE_NAME_CHARS = 255;

  /** The most levels of lists and maps within an item. */
  public static final int NESTING_LEVELS = 32;

  /** The most attributes of an index's partition key; its sort key may have as many. */
  public static final int INDEX_KEY_PARTS = 4;

  /** The most local secondary indexes of a table. */
  public static final int LOCAL_INDEXES = 5;

  /** The most global secondary indexes of a table. */
  public static final int GLOBAL_INDEXES = 20;

  /** The most non-key attributes that one index names. */
  public static final int INDEX_ATTRIBUTES = 20;

  /**
   * The most non-key attributes that all indexes of a table name; one that several name counts for
   * each.
   */
  public static final int TABLE_INDEX_ATTRIBUTES = 100;

  /**
   * The greatest size, in a table with local indexes, of all items of one partition key with their
   * entries in the local indexes.
   */
  public static final long ITEM_COLLECTION_BYTES = 10L * 1024 * 1024 * 1024;

  /** The shortest name of a table. */
  public static final int TABLE_NAME_MIN_CHARS = 3;

  /** The longest name of a table. */
  public static final int TABLE_NAME_MAX_CHARS = 255;

  /** The longest name or ARN of a table in a request (the service model's TableArn). */
  public static final int TABLE_ARN_MAX_CHARS = 1024;

  /** The shortest ARN of a Kinesis data stream in a request (the service model's StreamArn). */
  public static final int STREAM_ARN_MIN_CHARS = 37;

  /** The longest ARN of a Kinesis data stream in a request (the service model's StreamArn). */
  public static final int STREAM_ARN_MAX_CHARS = 1024;

  /** The most tables of one account in one region. */
  public static final int TABLES = 2_500;

  /** The most tags of a table ("Tagging restrictions in DynamoDB"). */
  public static final int TAGS = 50;

  /** The longest key of a tag. */
  public static final int TAG_KEY_CHARS = 128;

  /** The longest value of a tag. */
  public static final int TAG_VALUE_CHARS = 256;

  /** The most bytes of a resource-based policy in a request, white space included. */
  public static final int RESOURCE_POLICY_BYTES = 20_480;

  /** The longest revision id in a request (the service model's PolicyRevisionId). */
  public static final int POLICY_REVISION_ID_CHARS = 255;

  /** The longest ARN of a resource in a request (the service model's ResourceArnString). */
  public static final int RESOURCE_ARN_MAX_CHARS = 1283;

  /** The most read or write capacity units of one provisioned table. */
  public static final long TABLE_CAPACITY_UNITS = 40_000;

  /**
   * The most read or write capacity units of all provisioned tables of one account in one region.
   */
  public static final long ACCOUNT_CAPACITY_UNITS = 80_000;

  /**
   * The size of a page's items at which a query or scan ends it; the item that reaches it is
   * included.
   */
  public static final int PAGE_BYTES = 1024 * 1024;

  /** The most segments of a parallel scan (the service model's ScanTotalSegments). */
  public static final int SCAN_SEGMENTS = 1_000_000;

  /** The most keys of one BatchGetItem, over all tables. */
  public static final int BATCH_GET_KEYS = 100;

  /** The greatest total size of the items that one BatchGetItem returns. */
  public static final int BATCH_GET_BYTES = 16 * 1024 * 1024;

  /** The most writes of one BatchWriteItem, over all tables. */
  public static final int BATCH_WRITES = 25;

  /** The most actions of one transaction. */
  public static final int TRANSACTION_ACTIONS = 100;

  /** The greatest total size of the items of one transaction. */
  public static final int TRANSACTION_BYTES = 4 * 1024 * 1024;

  /** The longest ClientRequestToken. */
  public static final int REQUEST_TOKEN_CHARS = 36;

  /** The longest statement of PartiQL (the service model's PartiQLStatement). */
  public static final int STATEMENT_CHARS = 8192;

  /** The longest token with which a statement continues (the service model's PartiQLNextToken). */
  public static final int NEXT_TOKEN_CHARS = 32_768;

  /** The most statements of one BatchExecuteStatement (the service model's PartiQLBatchRequest). */
  public static final int BATCH_STATEMENTS = 25;

  /** The most streams of a page of ListStreams (the service model's PositiveIntegerObject). */
  public static final int STREAMS_OF_A_PAGE = 100;

  /** The most shards of a page of DescribeStream. */
  public static final int SHARDS_OF_A_PAGE = 100;

  /** The most records of a page of GetRecords. */
  public static final int STREAM_RECORDS_OF_A_PAGE = 1_000;

  /** The greatest size of a page of GetRecords; a larger record comes alone. */
  public static final int STREAM_PAGE_BYTES = 1024 * 1024;

  private Limits() {}
}
