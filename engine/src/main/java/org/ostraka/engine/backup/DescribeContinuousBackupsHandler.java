package org.ostraka.engine.backup;

import java.time.Clock;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.operation.DescribeContinuousBackups;
import org.ostraka.storage.Store;

/**
 * Carries out DescribeContinuousBackups. It answers like the other operations on backups: a missing
 * table is a TableNotFoundException (finding Q-363 of October 2026; docs/compatibility.md explains
 * these sources). Any thread.
 */
public final class DescribeContinuousBackupsHandler
    implements OperationHandler<
        DescribeContinuousBackups.Request, DescribeContinuousBackups.Response> {
  private final Gate gate;
  private final ContinuousBackupsView view;
  private final Clock clock;

  public DescribeContinuousBackupsHandler(Gate gate, Store store, Clock clock) {
    this.gate = gate;
    this.view = new ContinuousBackupsView(new BackupRows(store));
    this.clock = clock;
  }

  @Override
  public DescribeContinuousBackups.Response handle(
      Caller caller, DescribeContinuousBackups.Request request) {
    var table = gate.admit(caller, Action.DESCRIBE_CONTINUOUS_BACKUPS, request.tableName());
    return new DescribeContinuousBackups.Response(
        view.of(BackupTables.shown(table), clock.instant()));
  }
}
