package org.ostraka.model.operation;

import org.ostraka.model.RestoreSummary;
import org.ostraka.model.TableDescription;

/** Makes a table from a backup. */
public final class RestoreTableFromBackup {
  private RestoreTableFromBackup() {}

  /**
   * The request. Immutable.
   *
   * @param targetTableName the name of the new table
   */
  public record Request(String targetTableName, String backupArn, RestoreOverrides overrides) {}

  /** The response. Immutable. */
  public record Response(TableDescription table, RestoreSummary summary) {}
}
