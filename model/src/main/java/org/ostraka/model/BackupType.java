package org.ostraka.model;

/** Who makes a backup. */
public enum BackupType {
  /** A user. */
  USER,
  /** The service, when a table with point-in-time recovery is deleted. */
  SYSTEM,
  /** AWS Backup. */
  AWS_BACKUP
}
