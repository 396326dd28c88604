package org.ostraka.engine.backup;

import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.model.TableName;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.TableNotFoundException;

/** The tables that can be backed up. Stateless. */
final class BackupTables {
  private BackupTables() {}

  /**
   * Returns the record of a table.
   *
   * @throws TableNotFoundException when there is none, or it is still being created
   */
  static TableRecord record(AdmittedTable table) {
    TableName name = table.arn().table();
    TableRecord record = table.orElse(() -> unknown(name)).record();
    return switch (record.description().status()) {
      case CREATING -> throw unknown(name);
      case ACTIVE, UPDATING, DELETING, INACCESSIBLE_ENCRYPTION_CREDENTIALS -> record;
    };
  }

  /**
   * Returns the record of a table that is not being deleted.
   *
   * @throws TableNotFoundException when there is none
   */
  static TableRecord serving(AdmittedTable table) {
    TableRecord record = record(table);
    return switch (record.description().status()) {
      case CREATING, DELETING -> throw unknown(table.arn().table());
      case ACTIVE, UPDATING, INACCESSIBLE_ENCRYPTION_CREDENTIALS -> record;
    };
  }

  /**
   * Returns the record of a table whose backups can be described: it may be in CREATING, unless it
   * is being restored.
   *
   * @throws TableNotFoundException when there is none
   */
  static TableRecord shown(AdmittedTable table) {
    TableName name = table.arn().table();
    TableRecord record = table.orElse(() -> unknown(name)).record();
    boolean isRestored = record.recovery().restoration().isPresent();
    if (isRestored || record.description().status() == TableStatus.DELETING) {
      throw unknown(name);
    }
    return record;
  }

  /** Returns the error of all operations on backups for a table that does not exist. */
  static TableNotFoundException unknown(TableName name) {
    return new TableNotFoundException("Table not found: " + name);
  }
}
