package org.ostraka.engine.region;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.scaling.ScalingSettings;
import org.ostraka.model.BillingMode;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;

/**
 * Rules for changes of global tables and of their replicas. Stateless.
 *
 * <p>Q-203, Q-223, Q-224, Q-249, Q-265 and Q-442 measured the texts (October 2026).
 */
public final class GlobalTableRules {
  /**
   * How long the removal of a replica keeps other changes out, and how long an account that adds a
   * replica may take to create its table. A region that cannot be reached must not do so forever.
   */
  static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(60);

  private GlobalTableRules() {}

  /** A change of the regions of a global table. */
  public sealed interface Action {
    String regionName();

    /** Adds a replica, which may have settings of its own. */
    record Add(String regionName, ReplicaSettings settings) implements Action {}

    /** Gives a replica settings of its own. */
    record Change(String regionName, ReplicaSettings settings) implements Action {}

    record Remove(String regionName) implements Action {}

    /** Makes the replica of the own region a table of one region. */
    record Disassociate(String regionName) implements Action {}
  }

  /**
   * Returns the change that a request asks for.
   *
   * @throws ValidationException when it asks for none or for several
   */
  public static Action action(List<ReplicaUpdate> updates) {
    Set<String> creates = named(updates.stream().map(ReplicaUpdate::create));
    Set<String> changes = named(updates.stream().map(ReplicaUpdate::update));
    Set<String> deletes = named(updates.stream().map(ReplicaUpdate::delete));
    Set<String> disassociations = named(updates.stream().map(ReplicaUpdate::disassociate));
    long kinds =
        Stream.of(creates, changes, deletes, disassociations)
            .filter(regions -> !regions.isEmpty())
            .count();
    if (kinds == 0) {
      throw ValidationException.ofParameters(
          "One of ReplicationGroupUpdate.Create, ReplicationGroupUpdate.Update,"
              + " ReplicationGroupUpdate.Delete must not be null");
    }
    if (kinds > 1) {
      throw new ValidationException(
          "Update table operation with more than one type of replica actions not allowed.");
    }
    // Entries that are equal, settings included, are one creation.
    long creations = updates.stream().filter(each -> each.create() != null).distinct().count();
    if (creations > 1 || updates.stream().filter(each -> each.delete() != null).count() > 1) {
      throw new ValidationException(
          "Update table operation with more than one create or delete replica actions not"
              + " allowed");
    }
    if (!changes.isEmpty()) {
      return change(updates);
    }
    if (!disassociations.isEmpty()) {
      return disassociation(updates);
    }
    return creates.isEmpty()
        ? new Action.Remove(deletes.iterator().next())
        : new Action.Add(
            creates.iterator().next(),
            updates.stream()
                .map(ReplicaUpdate::settings)
                .filter(settings -> !settings.isEmpty())
                .findFirst()
                .orElse(ReplicaSettings.NONE));
  }

  private static Action change(List<ReplicaUpdate> updates) {
    if (updates.size() > 1) {
      throw new ValidationException(
          "Updates of several replicas in one request are not supported by this version of"
              + " Ostraka");
    }
    ReplicaSettings settings = updates.getFirst().settings();
    if (settings.isEmpty()) {
      throw new ValidationException(
          "There are no actions specified in the Replica Update Action of the request.");
    }
    return new Action.Change(Objects.requireNonNull(updates.getFirst().update()), settings);
  }

  private static Action disassociation(List<ReplicaUpdate> updates) {
    if (updates.size() > 1) {
      throw new ValidationException(
          "The Disassociate action must be the only replica update in the request");
    }
    return new Action.Disassociate(Objects.requireNonNull(updates.getFirst().disassociate()));
  }

  private static Set<String> named(Stream<String> regions) {
    Set<String> names = new LinkedHashSet<>();
    regions.filter(Objects::nonNull).forEach(names::add);
    return names;
  }

  /** Returns a region; refuses the table's own, and one that this server does not know. */
  static Region region(TableArn table, String name, Peers peers) {
    if (name.equals(table.owner().region().value())) {
      throw new ValidationException(
          "Cannot add or delete the local region through ReplicaUpdates. Use CreateTable,"
              + " DeleteTable, or UpdateTable as required.");
    }
    Optional<Region> region =
        Region.isLegal(name) ? Optional.of(new Region(name)) : Optional.empty();
    if (region.flatMap(peers::to).isEmpty()) {
      List<String> known = new ArrayList<>();
      peers.regions().forEach(each -> known.add(each.value()));
      throw new ValidationException(
          "Region "
              + name
              + " is not supported. The latest version of global tables are only supported in the"
              + " following regions: ["
              + String.join(", ", known)
              + "]");
    }
    return region.get();
  }

  /** Refuses to add a replica where there is one, or another table of that name. */
  static void refuseExisting(TableDescription table, Region region, boolean exists) {
    boolean member = table.global().filter(global -> global.has(region)).isPresent();
    if (exists || member) {
      throw new ValidationException(
          "Failed to create a the new replica of table with name: ‘"
              + table.name()
              + "’ because one or more replicas already existed as tables.");
    }
  }

  /** Refuses to remove a replica that there is not. */
  static void requireMember(TableDescription table, Region region) {
    if (table.global().filter(global -> global.has(region)).isEmpty()) {
      throw new ValidationException(
          "Update global table operation failed because one or more replicas were not part of the"
              + " global table. Please retry the request without these replicas: ["
              + region
              + "].");
    }
  }

  /** Refuses a table that cannot have replicas because of its settings. */
  static void requireSettings(TableDescription table, ScalingSettings scaling) {
    if (table.billing().mode() == BillingMode.PROVISIONED) {
      requireScaled(table, scaling);
    }
  }

  /** Refuses a provisioned table whose writes are not scaled, or those to an index. */
  private static void requireScaled(TableDescription table, ScalingSettings scaling) {
    if (!scaling.scalesWrites(table, Optional.empty())) {
      throw notScaled("Table");
    }
    for (GlobalIndex index : table.globalIndexes()) {
      if (!scaling.scalesWrites(table, Optional.of(index.name()))) {
        throw notScaled("GSI");
      }
    }
  }

  /** Refuses to make a replica that is charged by the request a provisioned one. */
  public static void refuseProvisioned(TableDescription table, @Nullable BillingMode wanted) {
    boolean switches =
        wanted == BillingMode.PROVISIONED && table.billing().mode() == BillingMode.PAY_PER_REQUEST;
    if (table.global().isPresent() && switches) {
      throw notScaled("Table");
    }
  }

  private static ValidationException notScaled(String what) {
    return new ValidationException(
        what + " write capacity should either be Pay-Per-Request or AutoScaled.");
  }

  /** Refuses to remove a replica that is protected. */
  static void refuseProtected(TableArn replica, Peer.Table table) {
    if (table.deletionProtected()) {
      throw new ValidationException(
          "Cannot delete table "
              + replica.table()
              + " in region "
              + replica.owner().region()
              + " because it has deletion protection enabled. Disable deletion protection first.");
    }
  }

  /** Refuses to delete a replica that waits until it is a table of its own. */
  static void refuseDisassociating(TableDescription table, Region region) {
    Optional<GlobalTable> global = table.global();
    if (global.flatMap(each -> Disassociation.pending(each, region)).isPresent()) {
      throw inUse();
    }
  }

  /** Refuses to disassociate a replica of another region, or a table that is no replica. */
  static void requireOwn(TableDescription table, String regionName) {
    Region own = table.arn().owner().region();
    if (!regionName.equals(own.value())) {
      throw new ValidationException(
          "A replica can only be disassociated by a request to its own Region: " + regionName);
    }
    requireMember(table, own);
  }

  /** Refuses to disassociate a replica that is protected from that. */
  static void refuseProtectedFromDisassociation(TableDescription table) {
    Region own = table.arn().owner().region();
    if (table.global().filter(global -> Disassociation.isProtected(global, own)).isPresent()) {
      throw new ValidationException(
          "Cannot disassociate table "
              + table.name()
              + " in region "
              + own
              + " because it has disassociation protection enabled. Disable disassociation"
              + " protection first.");
    }
  }

  /** Refuses to protect a table that is no replica, or to end its protection. */
  static void requireReplica(TableDescription table) {
    if (table.global().isEmpty()) {
      throw ValidationException.ofParameters(
          "DisassociationProtectionEnabled can only be specified for a Global Table replica.");
    }
  }

  /** Refuses any change of a replica while replicas are being added or removed. */
  public static void refuseBusy(TableRecord record, Instant now) {
    refuseBusy(record, Optional.empty(), now);
  }

  /**
   * Refuses any change of a replica while another one is being added or removed, except one in a
   * region that is away.
   *
   * @param away a region that does not answer; empty when all do, or when it does not matter
   */
  public static void refuseBusy(TableRecord record, Optional<Region> away, Instant now) {
    refuseOthersBusy(record, away, now);
    Optional<GlobalTable> global = record.description().global();
    Region own = record.description().arn().owner().region();
    if (global.flatMap(each -> Disassociation.pending(each, own)).isPresent()) {
      throw inUse();
    }
  }

  /**
   * Refuses the removal of a replica while others are being added or removed. A replica that waits
   * for the others until it is disassociated may remove one that does not answer any more.
   */
  static void refuseOthersBusy(TableRecord record, Instant now) {
    refuseOthersBusy(record, Optional.empty(), now);
  }

  /**
   * Refuses the removal of a replica like the other method, which is for a region that answers.
   *
   * @param away the region if it does not answer: replicas that it adds, or that are added there,
   *     may never be complete and keep no removal out
   */
  static void refuseOthersBusy(TableRecord record, Optional<Region> away, Instant now) {
    Optional<GlobalTable> global = record.description().global();
    Region own = record.description().arn().owner().region();
    if (global.filter(each -> isBusy(each, own, away, now)).isPresent()) {
      throw inUse();
    }
  }

  /** Returns the error of a replica that cannot be changed now. */
  static ResourceInUseException inUse() {
    return new ResourceInUseException("The resource which you are attempting to change is in use.");
  }

  /** Returns whether a replica is being added or removed here. */
  static boolean isBusy(GlobalTable global, Region own, Instant now) {
    return isBusy(global, own, Optional.empty(), now);
  }

  /**
   * Returns whether a replica is being added or removed here.
   *
   * @param away a region that does not answer, if it keeps no change out
   */
  static boolean isBusy(GlobalTable global, Region own, Optional<Region> away, Instant now) {
    return global.members().stream()
        .filter(member -> !member.region().equals(own))
        .anyMatch(member ->
            switch (member.state()) {
              case JOINING ->
                  global.has(member.source())
                      && global.notAuthorizedSince(member.region()).isEmpty()
                      && away.filter(member.region()::equals).isEmpty()
                      && away.filter(member.source()::equals).isEmpty();
              case ACTIVE -> false;
              case LEFT ->
                  !member.confirmed() && now.isBefore(member.edition().time().plus(CHANGE_TIMEOUT));
            });
  }

  /** Refuses to add, change or remove replicas of other accounts, which only their accounts do. */
  static void refuseSeveralAccounts(TableDescription table) {
    if (table.hasSeveralAccounts()) {
      throw ValidationException.ofParameters(
          "Replicas of a global table of several accounts are added by CreateTable with"
              + " GlobalTableSourceArn and removed by DeleteTable, each in its own account.");
    }
  }

  /** Refuses the key that the service manages for an account in a table of several accounts. */
  public static void refuseManagedKey(TableDescription table, EncryptionDescription key) {
    if (table.hasSeveralAccounts()) {
      AssociationRules.refuseManagedKey(key, table.arn());
    }
  }

  /** Refuses to disable the stream of a replica. */
  public static void refuseDisabling(TableDescription table) {
    if (table.global().isPresent()) {
      throw ValidationException.ofParameters(
          "Disabling Stream is not allowed for a Global Table replica.");
    }
  }
}
