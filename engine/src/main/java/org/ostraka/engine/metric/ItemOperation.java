package org.ostraka.engine.metric;

/** The operations on items, by their names in the dimension {@code Operation} of metrics. */
public enum ItemOperation {
  BATCH_EXECUTE_STATEMENT("BatchExecuteStatement"),
  BATCH_GET_ITEM("BatchGetItem"),
  BATCH_WRITE_ITEM("BatchWriteItem"),
  DELETE_ITEM("DeleteItem"),
  EXECUTE_STATEMENT("ExecuteStatement"),
  EXECUTE_TRANSACTION("ExecuteTransaction"),
  GET_ITEM("GetItem"),
  PUT_ITEM("PutItem"),
  QUERY("Query"),
  SCAN("Scan"),
  TRANSACT_GET_ITEMS("TransactGetItems"),
  TRANSACT_WRITE_ITEMS("TransactWriteItems"),
  UPDATE_ITEM("UpdateItem");

  private final String word;

  ItemOperation(String word) {
    this.word = word;
  }

  /** Returns the name as CloudWatch spells it. */
  public String word() {
    return word;
  }
}
