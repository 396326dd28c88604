package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.ContinuousBackups;

/** Turns the recovery of a table to any point in time on or off. */
public final class UpdateContinuousBackups {
  private UpdateContinuousBackups() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   * @param days how many days back the table can be restored
   */
  public record Request(String tableName, boolean enabled, @Nullable Integer days) {}

  /** The response. Immutable. */
  public record Response(ContinuousBackups backups) {}
}
