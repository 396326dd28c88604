package org.ostraka.engine.backup;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.ChangedTable;
import org.ostraka.engine.catalogue.Recovery;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.encryption.EncryptionChange;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.table.NewTable;
import org.ostraka.model.BillingModeSummary;
import org.ostraka.model.Caller;
import org.ostraka.model.EncryptionDescription;
import org.ostraka.model.Limits;
import org.ostraka.model.Owner;
import org.ostraka.model.RestoreSummary;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.TableAlreadyExistsException;
import org.ostraka.model.error.TableInUseException;
import org.ostraka.model.operation.EncryptionSpecification;
import org.ostraka.model.operation.RestoreOverrides;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Store;

/** Begins the restoring of tables, which {@link Restorations} fill. Any thread. */
final class RestoredTables {
  /** The restorations of an account and region at the same time (finding 100). */
  private static final int MAX_RESTORATIONS = 50;

  /**
   * What a caller must be allowed to do with the restored table: "Using IAM with DynamoDB backup
   * and restore" in the Developer Guide.
   */
  private static final List<Action> NEEDED =
      List.of(
          Action.BATCH_WRITE_ITEM,
          Action.DELETE_ITEM,
          Action.GET_ITEM,
          Action.PUT_ITEM,
          Action.QUERY,
          Action.SCAN,
          Action.UPDATE_ITEM);

  private final Gate gate;
  private final BackupRows rows;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final ArchiveAccess archive;

  /**
   * Makes it.
   *
   * @param archive the archive of backups
   */
  RestoredTables(Gate gate, Store store, Clock clock, Supplier<UUID> ids, ArchiveAccess archive) {
    this.gate = gate;
    this.rows = new BackupRows(store);
    this.clock = clock;
    this.ids = ids;
    this.archive = archive;
  }

  /**
   * What is restored. Immutable.
   *
   * @param source the table as it was
   * @param chain the id of the chain that has its items
   * @param stamp the stamp of the state
   */
  record Origin(TableDescription source, UUID chain, Stamp stamp, RestoreSummary summary) {
    Recovery.Restoration restoration() {
      return new Recovery.Restoration(summary, chain, stamp);
    }
  }

  /** Judges whether the caller may make the table. */
  AdmittedTable admit(Caller caller, String target) {
    AdmittedTable admitted = gate.admit(caller, NEEDED.getFirst(), target);
    for (Action action : NEEDED) {
      admitted = gate.admit(caller, action, target);
    }
    return admitted;
  }

  /**
   * Begins to restore a table.
   *
   * @throws org.ostraka.model.error.ApiException when there is a table of the name, or the
   *     overrides are refused
   */
  TableDescription begin(AdmittedTable target, Origin origin, RestoreOverrides overrides) {
    archive.require();
    RestoreRules.Settings settings = RestoreRules.apply(origin.source(), overrides);
    TableDescription creating = describe(target.arn(), origin.source(), settings, overrides);
    List<TableRecord> others = target.tablesOfOwner();
    refuseBeyondLimits(target.arn().owner(), others);
    ChangedTable created =
        target.create(existing -> {
          existing.ifPresent(RestoredTables::refuse);
          return space -> NewTable.restoring(creating, space, origin.restoration());
        });
    // Restorations begins the job itself if this server stops before it is stored.
    rows.begin(RestoreJob.begin(created.stored()), List.of());
    archive.restoring().run();
    return created.stored().description();
  }

  private void refuseBeyondLimits(Owner owner, List<TableRecord> others) {
    long running = rows.jobs().stream().filter(job -> job.target().owner().equals(owner)).count();
    if (running >= MAX_RESTORATIONS) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: Only "
              + MAX_RESTORATIONS
              + " restore operations can be done simultaneously");
    }
    if (others.size() >= Limits.TABLES) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: There is a limit of "
              + Limits.TABLES
              + " tables per subscriber");
    }
  }

  private static void refuse(TableRecord existing) {
    Optional<RestoreSummary> running =
        existing.recovery().restoration().map(Recovery.Restoration::summary);
    if (running.isPresent()) {
      throw new TableInUseException(
          "Table: "
              + existing.description().name()
              + " is already being restored from backup: "
              + running.get().backupArn().orElse(running.get().source().toString()));
    }
    throw new TableAlreadyExistsException("Table already exists: " + existing.description().name());
  }

  /** Keeps what the service keeps: see docs/compatibility.md. */
  private TableDescription describe(
      TableArn target,
      TableDescription source,
      RestoreRules.Settings settings,
      RestoreOverrides overrides) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new TableDescription(
        target,
        ids.get(),
        now,
        TableStatus.CREATING,
        settings.used(source),
        source.key(),
        settings.localIndexes(),
        settings.globalIndexes(),
        new BillingModeSummary(settings.billingMode(), Optional.empty()),
        settings.throughput(),
        settings.onDemand(),
        Optional.empty(),
        Optional.empty(),
        encryption(target.owner(), source, overrides.encryption()),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Optional<EncryptionDescription> encryption(
      Owner owner, TableDescription source, @Nullable EncryptionSpecification wanted) {
    return wanted == null
        ? source
            .encryption()
            .flatMap(EncryptionDescription::keyArn)
            .map(key -> new EncryptionDescription(Optional.of(key), false))
        : EncryptionChange.ofNewTable(gate.encryptionKeys(ids.get(), owner, wanted), owner, wanted);
  }
}
