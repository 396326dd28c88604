package org.ostraka.engine.backup;

import java.util.regex.Pattern;
import org.ostraka.model.BackupArn;
import org.ostraka.model.Owner;
import org.ostraka.model.error.ValidationException;

/** The backup that a request names by its ARN. Stateless. */
final class BackupReference {
  /** A backup's ARN with any partition, service and region. */
  private static final Pattern SHAPE =
      Pattern.compile("arn:[^:]+:[^:]+:[^:]+:\\d{12}:table/[^/]+/backup/[^/]+");

  private BackupReference() {}

  /**
   * Returns the backup of an ARN, in any region.
   *
   * @throws ValidationException when it is no backup's ARN (BACKUP-012, BACKUP-442)
   */
  static BackupArn anywhere(String reference) {
    return BackupArn.parse(reference)
        .orElseThrow(() ->
            new ValidationException(
                SHAPE.matcher(reference).matches()
                    ? "Invalid Request: BackupArn is not valid"
                    : "Invalid Backup ARN"));
  }

  /** Returns the backup of an ARN, which must be of the caller's region. */
  static BackupArn here(Owner caller, String reference) {
    BackupArn arn = anywhere(reference);
    if (!arn.table().owner().region().equals(caller.region())) {
      throw new ValidationException("Invalid Request: BackupArn is not valid");
    }
    return arn;
  }
}
