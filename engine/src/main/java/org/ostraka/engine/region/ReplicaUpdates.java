package org.ostraka.engine.region;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ostraka.engine.catalogue.ChangedTable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.region.GlobalTableRules.Action;
import org.ostraka.engine.scaling.ScalingSettings;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.State;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.storage.StorageFailedException;

/** Adds, changes and removes the replicas of a table. Any thread. */
public final class ReplicaUpdates {
  private final GlobalTables tables;
  private final Peers peers;
  private final Function<TableArn, ScalingSettings> scalings;

  /**
   * Makes the updates.
   *
   * @param scalings returns the auto scaling of a table
   */
  public ReplicaUpdates(
      GlobalTables tables, Peers peers, Function<TableArn, ScalingSettings> scalings) {
    this.tables = tables;
    this.peers = peers;
    this.scalings = scalings;
  }

  /**
   * Begins to add, to change or to remove a replica.
   *
   * @return the table as the answer to the request shows it
   */
  public ChangedTable begin(AdmittedTable admitted, Action action) {
    if (!(action instanceof Action.Disassociate)) {
      GlobalTableRules.refuseSeveralAccounts(admitted.record().description());
    }
    return switch (action) {
      case Action.Add add -> {
        Region region = other(admitted, add.regionName());
        boolean exists = find(region, GroupMessage.in(region, admitted.arn())).isPresent();
        yield add(admitted, region, exists, add.settings());
      }
      case Action.Change change ->
          change(admitted, other(admitted, change.regionName()), change.settings());
      case Action.Remove remove ->
          remove(admitted, GlobalTableRules.region(admitted.arn(), remove.regionName(), peers));
      case Action.Disassociate own -> disassociate(admitted, own.regionName());
    };
  }

  /** Returns the other region that a change names, unless others are being added or removed. */
  private Region other(AdmittedTable admitted, String regionName) {
    Region region = GlobalTableRules.region(admitted.arn(), regionName, peers);
    GlobalTableRules.refuseOthersBusy(admitted.record(), tables.now());
    return region;
  }

  private ChangedTable remove(AdmittedTable admitted, Region region) {
    TableRecord record = admitted.record();
    TableArn replica = GroupMessage.in(region, admitted.arn());
    Optional<Region> away = Optional.empty();
    Optional<Peer.Table> found = Optional.empty();
    try {
      found = find(region, replica);
    } catch (StorageFailedException _) {
      // A region that cannot be reached protects nothing: its replica can be cut off.
      away = Optional.of(region);
    }
    GlobalTableRules.refuseOthersBusy(record, away, tables.now());
    GlobalTableRules.requireMember(record.description(), region);
    if (found.isPresent()) {
      GlobalTableRules.refuseProtected(replica, found.get());
      GlobalTableRules.refuseDisassociating(record.description(), region);
    }
    Optional<Region> unreached = away;
    return admitted.change(stored -> {
      GlobalTableRules.refuseOthersBusy(stored, unreached, tables.now());
      GlobalTableRules.requireMember(stored.description(), region);
      return tables.change().left(stored, region);
    });
  }

  private ChangedTable disassociate(AdmittedTable admitted, String regionName) {
    return admitted.change(record -> {
      GlobalTableRules.requireOwn(record.description(), regionName);
      GlobalTableRules.refuseBusy(record, tables.now());
      GlobalTableRules.refuseProtectedFromDisassociation(record.description());
      return tables.change().disassociating(record);
    });
  }

  /** Protects a replica from disassociation, or ends its protection. */
  public ChangedTable protect(AdmittedTable admitted, boolean isProtected) {
    return admitted.change(record -> {
      GlobalTableRules.requireReplica(record.description());
      GlobalTableRules.refuseBusy(record, tables.now());
      return tables.change().protectedFromDisassociation(record, isProtected);
    });
  }

  /**
   * Returns a region that does not answer, so that a replica of another account may never be
   * complete. It does not keep an account from deleting its own table, as nobody else can remove
   * that replica.
   */
  public Optional<Region> away(TableRecord record) {
    TableDescription table = record.description();
    Region own = table.arn().owner().region();
    return table.global().filter(GlobalTable::hasSeveralAccounts).stream()
        .flatMap(global -> global.others(own).stream())
        .filter(member -> member.state() == State.JOINING)
        .flatMap(member -> Stream.of(member.region(), member.source()))
        .filter(region -> !region.equals(own) && !answers(table, region))
        .findFirst();
  }

  /**
   * Returns a replica as active, unless another one than that of the region away keeps changes out.
   */
  public TableRecord atRest(TableRecord record, Optional<Region> away) {
    return tables.change().atRest(record, away);
  }

  private boolean answers(TableDescription table, Region region) {
    try {
      var _ = find(region, GroupMessage.replica(table, region));
      return peers.to(region).isPresent();
    } catch (StorageFailedException _) {
      return false;
    }
  }

  /** Returns a replica as it is while it is being deleted by a request of its own region. */
  public TableRecord leaving(TableRecord record) {
    return tables.change().leaving(record);
  }

  private ChangedTable add(
      AdmittedTable admitted, Region region, boolean exists, ReplicaSettings settings) {
    UUID id = tables.newId();
    UUID requestId = tables.newId();
    ScalingSettings scaling = scalings.apply(admitted.arn());
    ChangedTable added =
        admitted.changeWithSpace(record -> {
          GlobalTableRules.refuseSeveralAccounts(record.description());
          GlobalTableRules.refuseBusy(record, tables.now());
          GlobalTableRules.refuseExisting(record.description(), region, exists);
          GlobalTableRules.requireSettings(record.description(), scaling);
          Map<String, String> given =
              new ReplicaSettingRules(record.description(), region).ofNew(settings, requestId);
          return tables
              .change()
              .added(record, region, id)
              .andThen(joining -> tables.change().givenAnew(joining, region, given));
        });
    return new ChangedTable(without(added.stored(), region), added.size());
  }

  /** The answer does not show the new settings yet. */
  private ChangedTable change(AdmittedTable admitted, Region region, ReplicaSettings settings) {
    Optional<GlobalTable> before = admitted.record().description().global();
    ChangedTable changed =
        admitted.change(record -> {
          GlobalTableRules.refuseBusy(record, tables.now());
          GlobalTableRules.requireMember(record.description(), region);
          return tables
              .change()
              .given(
                  record, new ReplicaSettingRules(record.description(), region).ofMember(settings));
        });
    return new ChangedTable(
        changed.stored().with(table -> table.withGlobal(before)), changed.size());
  }

  /** The answer does not show the new replica yet. */
  private static TableRecord without(TableRecord record, Region region) {
    Region own = record.description().arn().owner().region();
    return record.with(table ->
        table.withGlobal(
            table
                .global()
                .map(global ->
                    new GlobalTable(
                        global.id(),
                        global.members().stream()
                            .filter(member -> !member.region().equals(region))
                            .toList(),
                        global.settings()))
                .filter(global -> !global.shown(own).isEmpty())));
  }

  private Optional<Peer.Table> find(Region region, TableArn replica) {
    try {
      return peers.to(region).flatMap(peer -> peer.find(replica));
    } catch (PeerException unreachable) {
      throw new StorageFailedException("region " + region + " cannot be reached", unreachable);
    }
  }
}
