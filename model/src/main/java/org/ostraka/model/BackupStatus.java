package org.ostraka.model;

/** The states of a backup. */
public enum BackupStatus {
  CREATING,
  DELETED,
  AVAILABLE
}
