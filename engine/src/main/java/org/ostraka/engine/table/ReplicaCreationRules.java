package org.ostraka.engine.table;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.CreateTable;

/**
 * Rules for a table that is created as the replica of another account's table. Stateless.
 *
 * <p>A request may have the settings that the Developer Guide lists as not synchronized. The texts
 * are our own, since the service does not document its texts.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_MA_HowItWorks.html
 */
final class ReplicaCreationRules {
  private ReplicaCreationRules() {}

  /**
   * Returns the source.
   *
   * @throws ValidationException when the request has what only the source can have, or no mode
   */
  static TableArn source(CreateTable.Request request) {
    Map<String, Boolean> ofSource = new LinkedHashMap<>();
    ofSource.put("AttributeDefinitions", !request.definitions().isEmpty());
    ofSource.put("KeySchema", !request.keySchema().isEmpty());
    ofSource.put("LocalSecondaryIndexes", request.localIndexes() != null);
    ofSource.put("GlobalSecondaryIndexes", request.globalIndexes() != null);
    ofSource.put("BillingMode", request.billingMode() != null);
    ofSource.put("ProvisionedThroughput", request.throughput() != null);
    ofSource.put("OnDemandThroughput", request.onDemandMaximum() != null);
    ofSource.put("WarmThroughput", request.warmThroughput() != null);
    ofSource.put("StreamSpecification", request.stream() != null);
    ofSource.forEach((name, present) -> {
      if (present) {
        throw ValidationException.ofParameters(
            name + " cannot be specified together with GlobalTableSourceArn.");
      }
    });
    if (request.settingsReplication() != SettingsReplication.ENABLED) {
      throw ValidationException.ofParameters(
          "GlobalTableSettingsReplicationMode has to be ENABLED for a table with a"
              + " GlobalTableSourceArn.");
    }
    String source = String.valueOf(request.globalTableSource());
    return TableArn.parse(source)
        .orElseThrow(() ->
            ValidationException.ofParameters(
                "GlobalTableSourceArn is not a table's ARN: " + source));
  }

  /** Refuses a source in the same account or Region, or of another name. */
  static void requireElsewhere(TableArn source, TableArn replica) {
    if (source.owner().account().equals(replica.owner().account())) {
      throw ValidationException.ofParameters(
          "GlobalTableSourceArn has to be of another account. A replica of the same account is"
              + " added with UpdateTable.");
    }
    if (source.owner().region().equals(replica.owner().region())) {
      throw ValidationException.ofParameters("GlobalTableSourceArn has to be of another Region.");
    }
    if (!source.table().equals(replica.table())) {
      throw ValidationException.ofParameters(
          "TableName has to be that of GlobalTableSourceArn: " + source.table());
    }
  }
}
