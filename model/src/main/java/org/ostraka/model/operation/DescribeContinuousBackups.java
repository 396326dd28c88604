package org.ostraka.model.operation;

import org.ostraka.model.ContinuousBackups;

/** Returns whether a table is backed up continuously. */
public final class DescribeContinuousBackups {
  private DescribeContinuousBackups() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   */
  public record Request(String tableName) {}

  /** The response. Immutable. */
  public record Response(ContinuousBackups backups) {}
}
