package org.ostraka.engine.table;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.catalogue.Recovery;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.engine.throughput.DecreaseLimit;
import org.ostraka.model.Caller;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.model.operation.DescribeTable;

/** Carries out DescribeTable. Any thread. */
public final class DescribeTableHandler
    implements OperationHandler<DescribeTable.Request, DescribeTable.Response> {
  private final Gate gate;
  private final Clock clock;

  public DescribeTableHandler(Gate gate, Clock clock) {
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public DescribeTable.Response handle(Caller caller, DescribeTable.Request request) {
    OpenTable table = gate.admit(caller, Action.DESCRIBE_TABLE, request.tableName()).describe();
    TableDescription now =
        table.current().map(TableRecord::description).orElse(table.stored().description());
    TableDescription today =
        now.withThroughput(today(now.throughput()))
            .withGlobalIndexes(index -> index.withThroughput(today(index.throughput())));
    Optional<Instant> outage = gate.keyOutage(table.stored());
    return new DescribeTable.Response(
        outage.map(since -> inaccessible(today, since)).orElse(today),
        table.size(),
        table.stored().recovery().restoration().map(Recovery.Restoration::summary));
  }

  /** Returns the description of a table whose encryption key cannot be used. */
  private static TableDescription inaccessible(TableDescription table, Instant since) {
    return table
        .withStatus(TableStatus.INACCESSIBLE_ENCRYPTION_CREDENTIALS)
        .withEncryption(
            table
                .encryption()
                .map(key ->
                    new EncryptionDescription(key.keyArn(), key.isUpdating(), Optional.of(since))));
  }

  /**
   * Returns the throughput with today's count of decreases, which restarts each day even when the
   * table does not change.
   */
  private ProvisionedThroughput today(ProvisionedThroughput throughput) {
    return new ProvisionedThroughput(
        throughput.readUnits(),
        throughput.writeUnits(),
        DecreaseLimit.decreasesToday(throughput, clock.instant()),
        throughput.lastIncrease(),
        throughput.lastDecrease());
  }
}
