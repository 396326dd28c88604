package org.ostraka.engine.region;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.scaling.ScalingSettings;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.GlobalTable.Setting;
import org.ostraka.model.GlobalTable.State;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.storage.Space;

/**
 * The replicas of global tables that this store has, as far as they are not items: which regions
 * belong to a global table, and the settings that its replicas share. Any thread.
 */
public final class GlobalTables {
  private final Catalogue catalogue;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private final EngineSettings settings;
  private final Runnable indexesAdded;
  private final Predicate<Region> served;

  /** Makes the replicas of all regions. */
  public GlobalTables(
      Catalogue catalogue,
      Clock clock,
      Supplier<UUID> ids,
      EngineSettings settings,
      Runnable indexesAdded) {
    this(catalogue, clock, ids, settings, indexesAdded, _ -> true);
  }

  /**
   * Makes the replicas.
   *
   * @param ids makes the ids of tables and of global tables
   * @param indexesAdded run when there may be an index to build
   * @param served tells whether a region is served here
   */
  public GlobalTables(
      Catalogue catalogue,
      Clock clock,
      Supplier<UUID> ids,
      EngineSettings settings,
      Runnable indexesAdded,
      Predicate<Region> served) {
    this.catalogue = catalogue;
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
    this.indexesAdded = indexesAdded;
    this.served = served;
  }

  /**
   * Returns the records of the replicas in regions that are served here. Others in the store take
   * no part: another process may have those regions.
   */
  public List<TableRecord> all() {
    return catalogue.records(record ->
        record.description().global().isPresent()
            && served.test(record.description().arn().owner().region()));
  }

  /** Returns a table's record now; empty when there is no such table. */
  public Optional<TableRecord> find(TableArn table) {
    return catalogue.record(table);
  }

  /** Returns the error of a table that does not exist. */
  static ResourceNotFoundException absent(TableArn table) {
    return Catalogue.absent(table);
  }

  /** Returns a replica's record now; empty when the table is no replica of this global table. */
  private Optional<TableRecord> replica(TableArn table, UUID global) {
    return find(table).filter(record -> isOf(record, global));
  }

  private static boolean isOf(TableRecord record, UUID global) {
    return record.description().global().filter(each -> each.id().equals(global)).isPresent();
  }

  /**
   * Adds a replica of another account to a table, and returns the table. A replica that is being
   * added already is not added again: the answer may have been lost.
   *
   * @param scaling the auto scaling of the table
   */
  TableRecord associate(TableRecord record, TableArn replica, ScalingSettings scaling) {
    UUID id = ids.get();
    return catalogue
        .changeWithSpace(
            Principal.Service.REPLICATION,
            record.description().arn(),
            now ->
                AssociationRules.isBeingAdded(now, replica)
                    ? _ -> now
                    : associated(now, replica, scaling, id))
        .stored();
  }

  private Function<Space, TableRecord> associated(
      TableRecord record, TableArn replica, ScalingSettings scaling, UUID id) {
    AssociationRules.require(record, replica, scaling, now());
    return change().associated(record, replica, id);
  }

  /** Takes in what another replica knows; see {@link Peer#tell}. */
  Optional<GroupMessage> tell(GroupMessage message) {
    TableArn arn = message.to();
    if (find(arn).isEmpty() && isToJoin(message)) {
      join(message);
    }
    if (replica(arn, message.global().id()).isEmpty()) {
      return Optional.empty();
    }
    merge(arn, message.global());
    return replica(arn, message.global().id())
        .map(record -> GroupMessage.to(message.from(), record.description()));
  }

  /** A table of another account is made a replica only by a request of that account. */
  private static boolean isToJoin(GroupMessage message) {
    Region own = message.to().owner().region();
    return !message.global().hasSeveralAccounts()
        && message
            .global()
            .member(own)
            .filter(self -> self.state() == State.JOINING && self.source().equals(message.from()))
            .isPresent();
  }

  private void join(GroupMessage message) {
    Function<Space, TableRecord> joined = change().joined(message, ids.get());
    catalogue.create(
        Principal.Service.REPLICATION,
        message.to(),
        existing -> existing.<Function<Space, TableRecord>>map(table -> _ -> table).orElse(joined));
    indexesAdded.run();
  }

  /** Merges another replica's copy of the global table into a replica's. */
  void merge(TableArn table, GlobalTable theirs) {
    change(table, theirs.id(), record -> change().merged(change().noted(record), theirs));
    for (Map.Entry<String, Setting> each : theirs.settings().entrySet()) {
      if (!takes(table, theirs, each.getKey())) {
        continue;
      }
      Optional<Setting> mine =
          replica(table, theirs.id())
              .flatMap(record -> record.description().global())
              .map(global -> global.settings().get(each.getKey()));
      if (mine.filter(known -> known.edition().compareTo(each.getValue().edition()) >= 0)
          .isEmpty()) {
        take(table, theirs.id(), each.getKey(), each.getValue());
      }
    }
  }

  /**
   * Returns whether a replica takes over a setting of another one. A replica whose policy does not
   * allow the replication keeps its own settings, and takes over those that tell about the others.
   */
  private boolean takes(TableArn table, GlobalTable theirs, String name) {
    return !theirs.hasSeveralAccounts()
        || !SharedSettings.isOwn(table.owner().region(), name)
        || replica(table, theirs.id())
            .filter(record ->
                ReplicationPolicy.of(record).allowsAll(record.description().global().orElseThrow()))
            .isPresent();
  }

  private void take(TableArn table, UUID global, String name, Setting setting) {
    try {
      changeWithSpace(
          table, global, record -> change().with(change().noted(record), name, setting));
      indexesAdded.run();
    } catch (ApiException _) {
      // It cannot be so here. That is noted as a change, which undoes the setting elsewhere.
      changeWithSpace(
          table,
          global,
          record -> {
            TableRecord agreed =
                record.with(
                    each -> each.withGlobal(each.global().map(known -> known.with(name, setting))));
            return _ -> change().noted(agreed);
          });
    }
  }

  /** Notes the common settings that were changed by requests to this replica. */
  void note(TableRecord record) {
    if (!change().noted(record).equals(record)) {
      change(record, change()::noted);
    }
  }

  /**
   * Notes that the items of before were copied to another replica, unless that replica was removed
   * and added again since.
   *
   * @param member the other replica as it was known last
   */
  public void copied(TableRecord record, Member member) {
    change(record, each -> isStill(each, member) ? change().copied(each, member.region()) : each);
  }

  /**
   * Returns the member that another one has become without having left: it is the same, or its
   * source has filled it meanwhile.
   */
  public Optional<Member> still(TableRecord record, Member member) {
    return find(record.description().arn())
        .flatMap(now -> now.description().global())
        .filter(global -> global.id().equals(record.description().global().orElseThrow().id()))
        .flatMap(global -> global.member(member.region()))
        .filter(now -> isSame(now, member) || now.isFilledSince(member));
  }

  private static boolean isStill(TableRecord record, Member member) {
    return present(record, member)
        .filter(now -> isSame(now, member) || now.isFilledSince(member))
        .isPresent();
  }

  private static boolean isSame(Member now, Member member) {
    return now.takesPart() && now.edition().equals(member.edition());
  }

  /** Notes that changes were lost on the way to another replica, so that items are copied again. */
  public void lost(TableRecord record, Region to) {
    change(record, each -> change().uncopied(each, to));
  }

  /** Deletes a replica that has left, now that the others have all of its changes. */
  public void drained(TableRecord record) {
    change(record, each -> change().drained(each));
  }

  /** Makes a replica that has waited long enough a table of one region. */
  public void disassociated(TableRecord record) {
    change(record, each -> isDisassociating(each) ? change().disassociated(each) : each);
  }

  /** A replica that was removed meanwhile is being deleted, and stays so. */
  private static boolean isDisassociating(TableRecord record) {
    Region own = record.description().arn().owner().region();
    return record
        .description()
        .global()
        .filter(global -> global.has(own))
        .flatMap(global -> Disassociation.pending(global, own))
        .isPresent();
  }

  /**
   * Returns whether a replica in another region is being added, or was removed and may still have
   * changes that it has not sent.
   */
  public boolean isBusy(TableRecord record) {
    Region own = record.description().arn().owner().region();
    return record
        .description()
        .global()
        .filter(global -> GlobalTableRules.isBusy(global, own, now()))
        .isPresent();
  }

  /**
   * Returns whether a replica of another account was added so recently that its account may still
   * create the table.
   */
  boolean mayStillBeCreated(Member member) {
    return member.state() == State.JOINING
        && now().isBefore(member.edition().time().plus(GlobalTableRules.CHANGE_TIMEOUT));
  }

  /**
   * Notes that another region has no replica any more. Does nothing if the replica has changed
   * since that region was asked: it may have been removed and added again.
   *
   * @param member the replica as it was known when its region was asked
   */
  void gone(TableRecord record, Member member) {
    change(record, each -> isAsKnown(each, member) ? change().gone(each, member.region()) : each);
  }

  private static boolean isAsKnown(TableRecord record, Member member) {
    return present(record, member)
        .filter(now -> now.edition().equals(member.edition()))
        .isPresent();
  }

  /** Returns a member as a record has it at present. */
  private static Optional<Member> present(TableRecord record, Member member) {
    return record.description().global().flatMap(global -> global.member(member.region()));
  }

  private void change(TableRecord record, UnaryOperator<TableRecord> choice) {
    TableDescription table = record.description();
    change(table.arn(), table.global().orElseThrow().id(), choice);
  }

  private void change(TableArn table, UUID global, UnaryOperator<TableRecord> choice) {
    changeWithSpace(
        table,
        global,
        record -> {
          TableRecord next = choice.apply(record);
          return _ -> next;
        });
  }

  private void changeWithSpace(
      TableArn table, UUID global, Function<TableRecord, Function<Space, TableRecord>> choice) {
    try {
      var _ =
          catalogue.changeWithSpace(
              Principal.Service.REPLICATION,
              table,
              record -> isOf(record, global) ? choice.apply(record) : _ -> record);
    } catch (ResourceNotFoundException _) {
      // The table was deleted meanwhile.
    }
  }

  ReplicaChange change() {
    return new ReplicaChange(now(), settings.streams(), settings.tableTransition());
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  UUID newId() {
    return ids.get();
  }

  /**
   * Notes whether a replica's policy allows the replication between accounts. A replica whose
   * policy has not done so for a long time becomes a table of one region.
   */
  public void noteAuthorization(TableRecord record) {
    Region own = record.description().arn().owner().region();
    Optional<GlobalTable> global = record.description().global().filter(each -> each.has(own));
    if (global.filter(GlobalTable::hasSeveralAccounts).isEmpty()) {
      return;
    }
    Authorization authorization = Authorization.of(record);
    if (authorization.hasExpired(now())) {
      change(record, each -> hasExpired(each) ? change().disassociated(each) : each);
    } else if (!authorization.isNoted()) {
      change(record, each -> change().given(each, authorization.note(now())));
    }
  }

  private boolean hasExpired(TableRecord record) {
    return record.description().status() != TableStatus.DELETING
        && Authorization.of(record).hasExpired(now());
  }

  /** Returns whether a replica's policy allows the replication to send its changes to a region. */
  public static boolean maySend(TableRecord record, Region to) {
    GlobalTable global = record.description().global().orElseThrow();
    return !global.hasSeveralAccounts()
        || ReplicationPolicy.of(record)
            .allows(ReplicationPolicy.READ, GroupMessage.replica(record.description(), to));
  }

  /** Returns the members in other regions with which a replica exchanges what it knows. */
  static List<Member> partners(TableRecord record) {
    Region own = record.description().arn().owner().region();
    return record.description().global().map(global -> global.shown(own)).orElse(List.of());
  }
}
