package org.ostraka.model.operation;

import java.util.Optional;
import org.ostraka.model.RestoreSummary;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableSize;

/** Returns the description of a table. */
public final class DescribeTable {
  private DescribeTable() {}

  /** The request. Immutable. */
  public record Request(String tableName) {}

  /**
   * The response. Immutable.
   *
   * @param restoration what the table is being restored from; absent when it is not
   */
  public record Response(
      TableDescription table, TableSize size, Optional<RestoreSummary> restoration) {}
}
