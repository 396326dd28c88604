package org.ostraka.engine.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ostraka.engine.index.IndexUpdates;
import org.ostraka.engine.stream.StreamChange;
import org.ostraka.engine.throughput.WarmRules;
import org.ostraka.model.BillingMode;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.GlobalIndexUpdate;
import org.ostraka.model.operation.UpdateTable;

/**
 * Rules for the changes that one UpdateTable may ask for together. Stateless.
 *
 * <p>Q-382, Q-433 and Q-442 measured which of several exclusive changes a message names.
 */
final class UpdateTableRules {

  /** The changes of settings that each replica has for itself. */
  private static final Set<String> OWN_SETTINGS =
      Set.of("Server-Side Encryption", "TableClass", "DeletionProtection");

  private UpdateTableRules() {}

  /**
   * Returns the changes of indexes that the request asks for.
   *
   * @throws ValidationException with the service's text when the request's changes cannot be
   *     combined
   */
  static IndexUpdates requireCombination(UpdateTable.Request request) {
    List<String> asked = asked(request);
    if (asked.isEmpty()) {
      throw new ValidationException(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates,"
              + " MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency,"
              + " DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is"
              + " required");
    }
    IndexUpdates indexes = indexes(request);
    requireWarmUnits(indexes);
    if (request.stream() != null) {
      StreamChange.requireConsistent(request.stream());
    }
    if (asked.size() > 1) {
      refuseCompanions(asked, request, indexes);
    }
    if (request.billingMode() == BillingMode.PROVISIONED && request.throughput() == null) {
      throw ValidationException.ofParameters(
          "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }
    return indexes;
  }

  /**
   * Returns whether a request changes settings that replicas of several accounts keep equal.
   *
   * <p>https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_dynamodb.GlobalTableSettingsReplicationMode.html
   */
  static boolean changesSharedSettings(UpdateTable.Request request) {
    return !OWN_SETTINGS.containsAll(asked(request));
  }

  private static IndexUpdates indexes(UpdateTable.Request request) {
    if (request.indexUpdates() == null) {
      return IndexUpdates.NONE;
    }
    if (request.indexUpdates().isEmpty()) {
      throw ValidationException.ofParameters("List of GlobalSecondaryIndexUpdates is empty");
    }
    return IndexUpdates.of(request.indexUpdates());
  }

  private static void requireWarmUnits(IndexUpdates indexes) {
    for (GlobalIndexUpdate.Throughput update : indexes.throughputs()) {
      if (update.warmThroughput() != null) {
        WarmRules.requireUnits(update.name(), update.warmThroughput());
      }
    }
  }

  private static void refuseCompanions(
      List<String> asked, UpdateTable.Request request, IndexUpdates indexes) {
    for (String alone :
        List.of(
            "Replica",
            "Server-Side Encryption",
            "TableClass",
            "DeletionProtection",
            "DisassociationProtection",
            "GlobalTableSettingsReplicationMode")) {
      if (asked.contains(alone)) {
        throw ValidationException.ofParameters(
            alone + " modification must be the only operation in the request");
      }
    }
    boolean warm = asked.contains("WarmThroughput");
    if (asked.contains("OnDemandThroughput") && (warm || asked.contains("ProvisionedThroughput"))) {
      throw ValidationException.ofParameters(
          "OnDemandThroughput can only be combined with BillingMode in an UpdateTable"
              + " request");
    }
    if (warm) {
      throw ValidationException.ofParameters(
          indexes.creates().isEmpty()
              ? "WarmThroughput must be the only operation in the request"
              : "Create global secondary index cannot be specified when updating WarmThroughput");
    }
    if (asked.contains("UpdateStreamEnabled")) {
      refuseBesideStream(request, indexes);
    }
    // Q-174; together with a change of the billing mode, the units belong to that change.
    if (indexes.addsOrRemoves()
        && asked.contains("ProvisionedThroughput")
        && !asked.contains("BillingMode")) {
      throw ValidationException.ofParameters(
          "You cannot create or delete index while updating table IOPS");
    }
  }

  /** beside a stream only a change to on-demand capacity and its maximum may be. */
  private static void refuseBesideStream(UpdateTable.Request request, IndexUpdates indexes) {
    if (request.throughput() != null || request.billingMode() == BillingMode.PROVISIONED) {
      throw ValidationException.ofParameters(
          "You cannot modify stream status while updating table IOPS");
    }
    if (!indexes.isEmpty()) {
      throw ValidationException.ofParameters(
          "You cannot create or delete index while changing stream status");
    }
  }

  /**
   * Returns the names of the changes that the request asks for. An empty list of index updates is
   * not one: a request with only that gets the error for no change at all.
   */
  private static List<String> asked(UpdateTable.Request request) {
    List<String> asked = new ArrayList<>();
    add(asked, "Replica", request.replicaUpdates() != null);
    add(asked, "Server-Side Encryption", request.encryption() != null);
    add(asked, "WarmThroughput", request.warmThroughput() != null);
    add(asked, "TableClass", request.tableClass() != null);
    add(asked, "DeletionProtection", request.deletionProtected() != null);
    add(asked, "DisassociationProtection", request.disassociationProtected() != null);
    add(asked, "GlobalTableSettingsReplicationMode", request.settingsReplication() != null);
    add(asked, "OnDemandThroughput", request.onDemandMaximum() != null);
    add(asked, "ProvisionedThroughput", request.throughput() != null);
    add(asked, "BillingMode", request.billingMode() != null);
    add(asked, "UpdateStreamEnabled", request.stream() != null);
    add(
        asked,
        "GlobalSecondaryIndexUpdates",
        request.indexUpdates() != null && !request.indexUpdates().isEmpty());
    return asked;
  }

  private static void add(List<String> asked, String name, boolean present) {
    if (present) {
      asked.add(name);
    }
  }
}
