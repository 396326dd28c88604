package org.ostraka.model.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.RestoreSummary;
import org.ostraka.model.TableDescription;

/** Makes a table that is as another one was at some time. */
public final class RestoreTableToPointInTime {
  private RestoreTableToPointInTime() {}

  /**
   * The request. Immutable.
   *
   * @param sourceTableName the name of the table to copy; absent when its ARN is given
   * @param targetTableName the name of the new table
   * @param useLatest whether the table is restored to the latest possible time
   */
  public record Request(
      @Nullable String sourceTableArn,
      @Nullable String sourceTableName,
      String targetTableName,
      @Nullable Boolean useLatest,
      @Nullable Instant moment,
      RestoreOverrides overrides) {}

  /** The response. Immutable. */
  public record Response(TableDescription table, RestoreSummary summary) {}
}
