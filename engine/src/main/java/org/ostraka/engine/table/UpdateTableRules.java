package org.ostraka.engine.table;

import java.util.ArrayList;
import java.util.List;
import org.ostraka.model.BillingMode;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.UpdateTable;

/** Which changes one UpdateTable may ask for together. Stateless. */
final class UpdateTableRules {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private UpdateTableRules() {}

  static void requireCombination(UpdateTable.Request request) {
    List<String> asked = asked(request);
    if (asked.isEmpty()) {
      throw new ValidationException(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates,"
              + " MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency,"
              + " DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is"
              + " required");
    }
    if (asked.size() > 1) {
      refuseCompanions(asked);
    }
    if (request.billingMode() == BillingMode.PROVISIONED && request.throughput() == null) {
      throw new ValidationException(
          INVALID + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }
  }

  private static void refuseCompanions(List<String> asked) {
    for (String alone : List.of("TableClass", "DeletionProtection")) {
      if (asked.contains(alone)) {
        throw new ValidationException(
            INVALID + alone + " modification must be the only operation in the request");
      }
    }
    if (asked.contains("OnDemandThroughput") && asked.contains("ProvisionedThroughput")) {
      throw new ValidationException(
          INVALID
              + "OnDemandThroughput can only be combined with BillingMode in an UpdateTable"
              + " request");
    }
  }

  private static List<String> asked(UpdateTable.Request request) {
    List<String> asked = new ArrayList<>();
    add(asked, "TableClass", request.tableClass() != null);
    add(asked, "DeletionProtection", request.deletionProtected() != null);
    add(asked, "OnDemandThroughput", request.onDemandMaximum() != null);
    add(asked, "ProvisionedThroughput", request.throughput() != null);
    add(asked, "BillingMode", request.billingMode() != null);
    return asked;
  }

  private static void add(List<String> asked, String name, boolean present) {
    if (present) {
      asked.add(name);
    }
  }
}
