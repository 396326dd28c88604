package org.ostraka.model.operation;

import org.ostraka.model.TableDescription;
import org.ostraka.model.TableSize;

/** Tells what a table is. */
public final class DescribeTable {
  private DescribeTable() {}

  /** What the caller asks. Immutable. */
  public record Request(String tableName) {}

  /** What the caller is told. Immutable. */
  public record Response(TableDescription table, TableSize size) {}
}
