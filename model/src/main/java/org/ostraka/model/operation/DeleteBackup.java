package org.ostraka.model.operation;

import org.ostraka.model.BackupDescription;

/** Deletes a backup. */
public final class DeleteBackup {
  private DeleteBackup() {}

  /** The request. Immutable. */
  public record Request(String backupArn) {}

  /** The response. Immutable. */
  public record Response(BackupDescription backup) {}
}
