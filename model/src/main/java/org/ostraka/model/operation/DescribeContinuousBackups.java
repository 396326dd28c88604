package org.ostraka.model.operation;

/** Returns whether a table is backed up continuously. */
public final class DescribeContinuousBackups {
  private DescribeContinuousBackups() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   */
  public record Request(String tableName) {}

  /**
   * The response. Immutable.
   *
   * @param backups whether the table can be backed up
   * @param pointInTimeRecovery whether the table can be restored to a moment in the past
   */
  public record Response(boolean backups, boolean pointInTimeRecovery) {}
}
