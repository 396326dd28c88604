package org.ostraka.engine.table;

import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.TableName;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.TableNotFoundException;
import org.ostraka.model.operation.DescribeContinuousBackups;

/** Carries out DescribeContinuousBackups. Any thread. */
public final class DescribeContinuousBackupsHandler
    implements OperationHandler<
        DescribeContinuousBackups.Request, DescribeContinuousBackups.Response> {
  private final Gate gate;

  public DescribeContinuousBackupsHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public DescribeContinuousBackups.Response handle(
      Caller caller, DescribeContinuousBackups.Request request) {
    AdmittedTable table =
        gate.admit(caller, Action.DESCRIBE_CONTINUOUS_BACKUPS, request.tableName());
    TableName name = table.arn().table();
    TableStatus status = table.orElse(() -> unknown(name)).record().description().status();
    if (status == TableStatus.DELETING) {
      throw unknown(name);
    }
    return new DescribeContinuousBackups.Response(false, false); // no table has backups yet
  }

  private static TableNotFoundException unknown(TableName name) {
    return new TableNotFoundException("Table not found: " + name);
  }
}
