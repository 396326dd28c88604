package org.ostraka.model.operation;

import org.ostraka.model.BackupDetails;

/** Makes a backup of a table. */
public final class CreateBackup {
  private CreateBackup() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   */
  public record Request(String tableName, String backupName) {}

  /** The response. Immutable. */
  public record Response(BackupDetails details) {}
}
