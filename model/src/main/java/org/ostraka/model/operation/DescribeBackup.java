package org.ostraka.model.operation;

import org.ostraka.model.BackupDescription;

/** Returns the description of a backup. */
public final class DescribeBackup {
  private DescribeBackup() {}

  /** The request. Immutable. */
  public record Request(String backupArn) {}

  /** The response. Immutable. */
  public record Response(BackupDescription backup) {}
}
