package org.ostraka.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.BillingMode;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.TableClass;
import org.ostraka.model.TableDescription;

/** Creates a table. */
public final class CreateTable {
  private CreateTable() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN
   * @param definitions empty for a replica of another account's table, whose source has them
   * @param keySchema empty for such a replica
   * @param resourcePolicy a policy document
   * @param globalTableSource the ARN of another account's table, of which this is to be a replica
   */
  public record Request(
      String tableName,
      List<AttributeDefinition> definitions,
      List<KeySchemaElement> keySchema,
      @Nullable List<NewIndex> localIndexes,
      @Nullable List<NewIndex> globalIndexes,
      @Nullable BillingMode billingMode,
      @Nullable ThroughputUnits throughput,
      @Nullable OnDemandMaximum onDemandMaximum,
      @Nullable WarmThroughputUnits warmThroughput,
      @Nullable TableClass tableClass,
      @Nullable EncryptionSpecification encryption,
      boolean deletionProtected,
      List<NewTag> tags,
      @Nullable StreamSpecification stream,
      @Nullable String resourcePolicy,
      @Nullable SettingsReplication settingsReplication,
      @Nullable String globalTableSource) {
    public Request {
      definitions = List.copyOf(definitions);
      keySchema = List.copyOf(keySchema);
      tags = List.copyOf(tags);
    }

    /** Makes a request for a table of one region without a mode for the replication of settings. */
    public Request(
        String tableName,
        List<AttributeDefinition> definitions,
        List<KeySchemaElement> keySchema,
        @Nullable List<NewIndex> localIndexes,
        @Nullable List<NewIndex> globalIndexes,
        @Nullable BillingMode billingMode,
        @Nullable ThroughputUnits throughput,
        @Nullable OnDemandMaximum onDemandMaximum,
        @Nullable WarmThroughputUnits warmThroughput,
        @Nullable TableClass tableClass,
        @Nullable EncryptionSpecification encryption,
        boolean deletionProtected,
        List<NewTag> tags,
        @Nullable StreamSpecification stream,
        @Nullable String resourcePolicy) {
      this(
          tableName,
          definitions,
          keySchema,
          localIndexes,
          globalIndexes,
          billingMode,
          throughput,
          onDemandMaximum,
          warmThroughput,
          tableClass,
          encryption,
          deletionProtected,
          tags,
          stream,
          resourcePolicy,
          null,
          null);
    }
  }

  /** The response. Immutable. */
  public record Response(TableDescription table) {}
}
