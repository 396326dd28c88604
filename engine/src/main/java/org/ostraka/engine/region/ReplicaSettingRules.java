package org.ostraka.engine.region;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.ostraka.engine.encryption.EncryptionKeys;
import org.ostraka.engine.throughput.OnDemandRules;
import org.ostraka.engine.throughput.ThroughputRules;
import org.ostraka.model.BillingMode;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexName;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.model.ReplicaSetting;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.OnDemandMaximum;
import org.ostraka.model.operation.ReplicaSettings;

/**
 * Rules for the settings of one replica. Immutable.
 *
 * <p>Q-223, Q-250, Q-252, Q-307, Q-309 and Q-313 measured them (October 2026).
 *
 * @param table the replica that is asked
 * @param region the region of the replica whose settings they are
 */
record ReplicaSettingRules(TableDescription table, Region region) {

  /**
   * Returns the settings of a new replica by their names. Read units of an on-demand table and
   * settings of indexes that the table does not have are accepted, and have no effect (Q-223,
   *
   *
   * @param requestId the id of a request to the key service, which its messages show
   */
  Map<String, String> ofNew(ReplicaSettings wanted, UUID requestId) {
    requireDistinctIndexes(wanted);
    Map<String, String> settings = new TreeMap<>();
    key(wanted, requestId).ifPresent(arn -> settings.put(ReplicaSetting.KEY.of(region), arn));
    putTable(settings, wanted);
    for (ReplicaSettings.OfIndex index : wanted.indexes()) {
      find(index.name()).ifPresent(present -> putIndex(settings, present, index));
    }
    return settings;
  }

  /** Returns the settings of a replica that there is by their names. */
  Map<String, String> ofMember(ReplicaSettings wanted) {
    requireDistinctIndexes(wanted);
    if (wanted.keyId() != null) {
      throw keyMissing();
    }
    if (wanted.readUnits() != null) {
      requireProvisioned();
    }
    Map<String, String> settings = new TreeMap<>();
    putTable(settings, wanted);
    for (ReplicaSettings.OfIndex index : wanted.indexes()) {
      if (index.readUnits() != null) {
        requireProvisioned();
      }
      GlobalIndex present =
          find(index.name())
              .orElseThrow(() ->
                  new ResourceNotFoundException(
                      "Requested resource not found: Index "
                          + index.name()
                          + " for table "
                          + table.name()));
      putIndex(settings, present, index);
    }
    return settings;
  }

  private static void requireDistinctIndexes(ReplicaSettings wanted) {
    Set<String> names = new HashSet<>();
    for (ReplicaSettings.OfIndex index : wanted.indexes()) {
      if (!names.add(index.name())) {
        throw ValidationException.ofParameters(
            "Only one global secondary index update per index is allowed simultaneously. Index: "
                + index.name());
      }
    }
  }

  private void putTable(Map<String, String> settings, ReplicaSettings wanted) {
    if (wanted.tableClass() != null) {
      settings.put(ReplicaSetting.TABLE_CLASS.of(region), wanted.tableClass().name());
    }
    if (wanted.maxReadUnits() != null) {
      OnDemandMaximum maximum = new OnDemandMaximum(wanted.maxReadUnits(), null);
      OnDemandThroughput _ =
          OnDemandRules.changed(table.billing().mode(), table.onDemandThroughput(), maximum);
      OnDemandRules.requireWithinLimits(owner(), maximum);
      settings.put(ReplicaSetting.READ_MAXIMUM.of(region), Long.toString(wanted.maxReadUnits()));
    }
    if (wanted.readUnits() != null && isProvisioned()) {
      ThroughputRules.requireTableReads(owner(), wanted.readUnits());
      settings.put(ReplicaSetting.READ_UNITS.of(region), Long.toString(wanted.readUnits()));
    }
  }

  private void putIndex(
      Map<String, String> settings, GlobalIndex present, ReplicaSettings.OfIndex wanted) {
    IndexName name = present.name();
    if (wanted.maxReadUnits() != null) {
      OnDemandMaximum maximum = new OnDemandMaximum(wanted.maxReadUnits(), null);
      OnDemandThroughput _ =
          OnDemandRules.changedOfIndex(
              name, table.billing().mode(), present.onDemandThroughput(), maximum);
      OnDemandRules.requireIndexWithinLimits(owner(), name.value(), maximum);
      settings.put(
          ReplicaSetting.READ_MAXIMUM.of(region, name), Long.toString(wanted.maxReadUnits()));
    }
    if (wanted.readUnits() != null && isProvisioned()) {
      ThroughputRules.requireIndexReads(owner(), name.value(), wanted.readUnits());
      settings.put(ReplicaSetting.READ_UNITS.of(region, name), Long.toString(wanted.readUnits()));
    }
  }

  /** Returns the ARN of the key that the owner chose for a new replica; empty for none. */
  private Optional<String> key(ReplicaSettings wanted, UUID requestId) {
    boolean chosen = EncryptionKeys.chosen(table).isPresent();
    if (wanted.keyId() == null) {
      if (chosen) {
        throw keyMissing();
      }
      return Optional.empty();
    }
    if (table.encryption().flatMap(EncryptionDescription::keyArn).isEmpty()) {
      throw keyMissing();
    }
    EncryptionKeys keys = new EncryptionKeys(requestId, Optional.empty());
    String arn = keys.arnOfReplica(owner(), wanted.keyId());
    if (chosen == EncryptionKeys.isManaged(owner(), arn)) {
      throw ValidationException.ofParameters(
          "All replica keys must either be Customer Managed CMK or AWS Managed CMK.");
    }
    return chosen ? Optional.of(arn) : Optional.empty();
  }

  private static ValidationException keyMissing() {
    return ValidationException.ofParameters("KMSMasterKeyId must be specified for each replica.");
  }

  private void requireProvisioned() {
    if (!isProvisioned()) {
      throw ValidationException.ofParameters(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
              + " PAY_PER_REQUEST");
    }
  }

  private boolean isProvisioned() {
    return table.billing().mode() == BillingMode.PROVISIONED;
  }

  private Optional<GlobalIndex> find(String name) {
    List<GlobalIndex> indexes = table.globalIndexes();
    return indexes.stream().filter(index -> index.name().value().equals(name)).findFirst();
  }

  /** Returns the owner of the replica. */
  private Owner owner() {
    return new Owner(table.arn().owner().account(), region);
  }
}
