package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.BillingMode;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.TableClass;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableSize;

/** Changes a table's settings and its global indexes. */
public final class UpdateTable {
  private UpdateTable() {}

  /**
   * The request: each absent member leaves its setting unchanged. Immutable.
   *
   * @param tableName a name or an ARN
   * @param definitions the attributes that a new index's key uses
   */
  public record Request(
      String tableName,
      @Nullable List<AttributeDefinition> definitions,
      @Nullable BillingMode billingMode,
      @Nullable ThroughputUnits throughput,
      @Nullable OnDemandMaximum onDemandMaximum,
      @Nullable WarmThroughputUnits warmThroughput,
      @Nullable TableClass tableClass,
      @Nullable EncryptionSpecification encryption,
      @Nullable Boolean deletionProtected,
      @Nullable List<GlobalIndexUpdate> indexUpdates,
      @Nullable StreamSpecification stream,
      @Nullable List<ReplicaUpdate> replicaUpdates,
      @Nullable Boolean disassociationProtected,
      @Nullable SettingsReplication settingsReplication) {
    /** Makes a request that changes no replicas. */
    public Request(
        String tableName,
        @Nullable List<AttributeDefinition> definitions,
        @Nullable BillingMode billingMode,
        @Nullable ThroughputUnits throughput,
        @Nullable OnDemandMaximum onDemandMaximum,
        @Nullable WarmThroughputUnits warmThroughput,
        @Nullable TableClass tableClass,
        @Nullable EncryptionSpecification encryption,
        @Nullable Boolean deletionProtected,
        @Nullable List<GlobalIndexUpdate> indexUpdates,
        @Nullable StreamSpecification stream) {
      this(
          tableName,
          definitions,
          billingMode,
          throughput,
          onDemandMaximum,
          warmThroughput,
          tableClass,
          encryption,
          deletionProtected,
          indexUpdates,
          stream,
          null,
          null,
          null);
    }
  }

  /** The response. Immutable. */
  public record Response(TableDescription table, TableSize size) {}
}
