package org.ostraka.model.operation;

import org.ostraka.model.TableDescription;
import org.ostraka.model.TableSize;

/** Returns the description of a table. */
public final class DescribeTable {
  private DescribeTable() {}

  /** The request. Immutable. */
  public record Request(String tableName) {}

  /** The response. Immutable. */
  public record Response(TableDescription table, TableSize size) {}
}
