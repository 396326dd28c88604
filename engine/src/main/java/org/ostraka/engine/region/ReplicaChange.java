package org.ostraka.engine.region;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.ChangeLog;
import org.ostraka.engine.catalogue.Effect;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.catalogue.TableSpaces;
import org.ostraka.engine.operation.StreamSettings;
import org.ostraka.engine.stream.Partitions;
import org.ostraka.engine.stream.StreamChange;
import org.ostraka.model.BillingMode;
import org.ostraka.model.BillingModeSummary;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.Edition;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.GlobalTable.Setting;
import org.ostraka.model.GlobalTable.State;
import org.ostraka.model.Index;
import org.ostraka.model.IndexName;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.LatestStream;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.Region;
import org.ostraka.model.SettingsReplication;
import org.ostraka.model.StreamViewType;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableSize;
import org.ostraka.model.TableStatus;
import org.ostraka.model.WarmThroughput;
import org.ostraka.storage.Space;

/**
 * Changes of a replica's record. Pure, as decisions of the catalogue have to be. Immutable.
 *
 * @param now when the change is made
 * @param transition how long a table is being created or deleted
 */
record ReplicaChange(Instant now, StreamSettings streams, Duration transition) {
  /** How long a replica that has left waits at most for the others to get its changes. */
  private static final Duration DRAINING = Duration.ofSeconds(60);

  /**
   * Returns a table to which a replica is being added in another region. A table of one region
   * becomes a global table: it records its changes and keeps tombstones from now on.
   *
   * @param id the id of the global table if the table is in none yet
   */
  Function<Space, TableRecord> added(TableRecord record, Region target, UUID id) {
    Region own = own(record);
    GlobalTable before = record.description().global().orElseGet(() -> begun(record, id));
    Edition edition =
        before.member(target).map(Member::edition).orElse(new Edition(Instant.EPOCH, own));
    Member joining = new Member(target, State.JOINING, own, edition.next(now, own), false, false);
    GlobalTable next = before.with(joining);
    TableRecord grouped =
        record.with(table ->
            table
                .withGlobal(Optional.of(next))
                .withSettingsReplication(Optional.empty())
                .withStatus(TableStatus.UPDATING));
    return space -> recording(grouped, space);
  }

  /**
   * Returns a table to which a replica of another account is being added. A table of one region
   * becomes a global table of several accounts.
   */
  Function<Space, TableRecord> associated(TableRecord record, TableArn replica, UUID id) {
    Region target = replica.owner().region();
    TableRecord begun =
        record.description().global().isPresent() ? record : withAccount(record, id);
    Map<String, String> account =
        Map.of(GlobalTable.accountOf(target), replica.owner().account().value());
    return added(begun, target, id)
        .andThen(joining ->
            givenAnew(joining, target, account)
                .with(table ->
                    table.withSettingsReplication(Optional.of(SettingsReplication.ENABLED))));
  }

  /** Returns a table as the first replica of a global table of several accounts. */
  private TableRecord withAccount(TableRecord record, UUID id) {
    TableArn own = record.description().arn();
    Setting account =
        new Setting(own.owner().account().value(), new Edition(now, own.owner().region()));
    // The shared settings of a table depend on whether its global table has several accounts.
    GlobalTable named =
        new GlobalTable(
            id, List.of(), Map.of(GlobalTable.accountOf(own.owner().region()), account));
    GlobalTable begun =
        begun(record.with(table -> table.withGlobal(Optional.of(named))), id)
            .with(GlobalTable.accountOf(own.owner().region()), account);
    return record.with(table -> table.withGlobal(Optional.of(begun)));
  }

  private GlobalTable begun(TableRecord record, UUID id) {
    Edition first = new Edition(now, own(record));
    Map<String, Setting> settings = new HashMap<>();
    SharedSettings.of(record)
        .forEach((name, value) -> settings.put(name, new Setting(value, first)));
    Member self = new Member(own(record), State.ACTIVE, own(record), first, true, false);
    return new GlobalTable(id, List.of(self), settings);
  }

  /** Returns a replica with everything that replication needs: tombstones, a stream, a log. */
  private TableRecord recording(TableRecord record, Space next) {
    boolean marked = record.spaces().tombstones().isPresent();
    TableRecord keeping = marked ? record : record.withTombstones(Optional.of(next));
    Space shards = marked ? next : new Space(next.id() + 1);
    Optional<LatestStream> stream = record.description().stream();
    if (stream.filter(LatestStream::isEnabled).isPresent()) {
      return StreamChange.withNeededShards(keeping, shards, streams, now);
    }
    LatestStream enabled = StreamChange.enabled(stream, StreamViewType.NEW_AND_OLD_IMAGES, now);
    return StreamChange.withShards(
        keeping.with(table -> table.withStream(enabled)),
        shards,
        StreamChange.firsts(record, streams),
        now);
  }

  /**
   * Returns a table that knows the settings which a new replica is to have. It knows no others that
   * an earlier replica of that region had.
   */
  TableRecord givenAnew(TableRecord record, Region region, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    record
        .description()
        .global()
        .ifPresent(global ->
            global.settings().keySet().stream()
                .filter(name ->
                    OwnSettings.isOf(region, name)
                        || Disassociation.isOf(region, name)
                        || Authorization.isOf(region, name))
                .forEach(name -> all.put(name, "")));
    all.putAll(settings);
    return given(record, all);
  }

  /**
   * Returns a table that knows settings of one region's replica, which hears of them with the next
   * exchange.
   *
   * @param settings values by the names of the settings
   */
  TableRecord given(TableRecord record, Map<String, String> settings) {
    return withGlobal(
        record,
        global -> {
          GlobalTable after = global;
          for (Map.Entry<String, String> each : settings.entrySet()) {
            Edition edition = next(global.settings().get(each.getKey()), own(record));
            after = after.with(each.getKey(), new Setting(each.getValue(), edition));
          }
          return after;
        });
  }

  /** Returns a table whose replica in another region was removed. */
  TableRecord left(TableRecord record, Region region) {
    return withGlobal(
        record,
        global ->
            global
                .member(region)
                .filter(Member::takesPart)
                .map(member -> global.with(member.whenLeft(now, own(record))))
                .orElse(global));
  }

  /**
   * Returns a table whose replica in another region is known to be gone. The edition follows from
   * that of the replica that was known: another region may have added a new one since, which stays.
   */
  TableRecord gone(TableRecord record, Region region) {
    TableRecord after =
        withGlobal(
            record,
            global ->
                global
                    .member(region)
                    .map(member ->
                        member.takesPart()
                            ? member.whenLeft(member.edition().time(), own(record))
                            : member)
                    .map(member -> global.with(member.whenConfirmed()))
                    .orElse(global));
    return settled(after);
  }

  /**
   * Returns a table whose items were copied to another replica, which is complete then if it was
   * added here.
   */
  TableRecord copied(TableRecord record, Region region) {
    TableRecord after =
        withGlobal(
            record,
            global ->
                global
                    .member(region)
                    .filter(Member::takesPart)
                    .map(member -> global.with(complete(member.withCopied(true), own(record))))
                    .orElse(global));
    return settled(after);
  }

  private static Member complete(Member member, Region own) {
    boolean added = member.state() == State.JOINING && member.source().equals(own);
    return added ? member.whenFilled() : member;
  }

  /** Returns a table whose items have to be copied to another replica again. */
  TableRecord uncopied(TableRecord record, Region region) {
    return withGlobal(
        record,
        global ->
            global
                .member(region)
                .map(member -> global.with(member.withCopied(false)))
                .orElse(global));
  }

  /** Returns a replica that knows which of the common settings were changed here. */
  TableRecord noted(TableRecord record) {
    return withGlobal(
        record,
        global -> {
          Map<String, String> present = SharedSettings.of(record);
          Set<String> names = new HashSet<>(present.keySet());
          global.settings().keySet().stream()
              .filter(name -> SharedSettings.isOwn(own(record), name))
              .forEach(names::add);
          GlobalTable after = global;
          for (String name : names) {
            Setting agreed = global.settings().get(name);
            String value = present.getOrDefault(name, "");
            if (agreed == null || !agreed.value().equals(value)) {
              after = after.with(name, new Setting(value, next(agreed, own(record))));
            }
          }
          return after;
        });
  }

  private Edition next(@Nullable Setting agreed, Region own) {
    Edition before = agreed == null ? new Edition(Instant.EPOCH, own) : agreed.edition();
    return before.next(now, own);
  }

  /** Returns a replica that knows which regions another replica knows. */
  TableRecord merged(TableRecord record, GlobalTable theirs) {
    TableRecord after =
        withGlobal(
            record,
            global -> {
              GlobalTable merged = global;
              for (Member member : theirs.members()) {
                merged = merged(merged, member, own(record));
              }
              // A member without its account would be looked for in this one.
              for (Map.Entry<String, Setting> each : theirs.settings().entrySet()) {
                if (GlobalTable.isAccount(each.getKey())) {
                  merged = merged(merged, each.getKey(), each.getValue());
                }
              }
              return merged;
            });
    if (isLeftOut(after)) {
      return disassociated(after);
    }
    return hasLeft(after) ? leaving(after) : settled(after);
  }

  /**
   * Returns whether a replica of several accounts was taken for gone by the others, or another
   * account has its place: a message of another account deletes no table.
   */
  private static boolean isLeftOut(TableRecord record) {
    TableArn arn = record.description().arn();
    return record.description().status() != TableStatus.DELETING
        && record
            .description()
            .global()
            .filter(GlobalTable::hasSeveralAccounts)
            .filter(
                global -> hasLeft(record) || !global.replica(arn, arn.owner().region()).equals(arn))
            .isPresent();
  }

  private static boolean hasLeft(TableRecord record) {
    return record
        .description()
        .global()
        .flatMap(global -> global.member(own(record)))
        .filter(self -> !self.takesPart())
        .isPresent();
  }

  /**
   * Returns a replica that is being deleted. It takes no writes any more, and stays until the
   * others have its changes, or a while.
   */
  TableRecord leaving(TableRecord record) {
    if (record.description().status() == TableStatus.DELETING) {
      return record;
    }
    Instant due = now.plus(transition.compareTo(DRAINING) > 0 ? transition : DRAINING);
    return left(record, own(record)).vanishing(due);
  }

  /** Returns a replica that has left as one that is deleted, unless a longer time was chosen. */
  TableRecord drained(TableRecord record) {
    return hasLeft(record) && transition.isZero() ? record.vanishing(now) : record;
  }

  /** Returns a replica as a table of one region, which keeps its items and its stream. */
  TableRecord disassociated(TableRecord record) {
    return record.with(ReplicaChange::ofOneRegion).withoutTombstones();
  }

  private static TableDescription ofOneRegion(TableDescription table) {
    TableDescription alone = table.withGlobal(Optional.empty());
    return alone.status() == TableStatus.UPDATING ? alone.withStatus(TableStatus.ACTIVE) : alone;
  }

  /** Returns a replica that waits to become a table of one region. */
  TableRecord disassociating(TableRecord record) {
    return given(record, Disassociation.begun(own(record)))
        .with(table -> table.withStatus(TableStatus.UPDATING));
  }

  /** Returns a replica that is protected from disassociation, or not. */
  TableRecord protectedFromDisassociation(TableRecord record, boolean isProtected) {
    return given(record, Disassociation.protection(own(record), isProtected));
  }

  private static GlobalTable merged(GlobalTable global, String name, Setting theirs) {
    Setting mine = global.settings().get(name);
    return mine == null || mine.edition().compareTo(theirs.edition()) < 0
        ? global.with(name, theirs)
        : global;
  }

  /**
   * Returns a global table with a later state of a member. What was copied to a replica before
   * counts only if its source has filled it since. Otherwise it may have left and may be empty, and
   * this region may not have heard of that.
   *
   * @param own the region of this replica, which copies nothing to itself
   */
  private static GlobalTable merged(GlobalTable global, Member theirs, Region own) {
    Optional<Member> mine = global.member(theirs.region());
    if (mine.filter(known -> known.edition().compareTo(theirs.edition()) >= 0).isPresent()) {
      return global;
    }
    boolean isSelf = theirs.region().equals(own);
    boolean copied =
        mine.filter(known ->
                isSelf ? known.takesPart() && theirs.takesPart() : theirs.isFilledSince(known))
            .map(Member::copied)
            .orElse(false);
    return global.with(
        new Member(
            theirs.region(), theirs.state(), theirs.source(), theirs.edition(), copied, false));
  }

  /**
   * Returns a replica with the common setting of another one, if that is newer. Settings that were
   * changed here have to be noted first.
   */
  Function<Space, TableRecord> with(TableRecord record, String name, Setting theirs) {
    Optional<GlobalTable> global = record.description().global();
    Optional<Setting> mine = global.map(known -> known.settings().get(name));
    boolean newer =
        global.isPresent()
            && mine.filter(known -> known.edition().compareTo(theirs.edition()) >= 0).isEmpty();
    if (!newer) {
      return _ -> record;
    }
    TableRecord agreed = withGlobal(record, known -> known.with(name, theirs));
    return mine.filter(known -> known.value().equals(theirs.value())).isPresent()
        ? _ -> agreed
        : SharedSettings.apply(agreed, name, theirs.value(), now);
  }

  /** Returns the record of a replica that a message creates. */
  Function<Space, TableRecord> joined(GroupMessage message, UUID id) {
    TableDescription theirs = message.description();
    TableArn arn = message.to();
    TableDescription creating = creating(theirs, arn, id, message.global());
    return space -> {
      List<Index> indexes = creating.indexes();
      Map<IndexName, Space> indexSpaces = new HashMap<>();
      long next = space.id() + 1;
      for (Index index : indexes) {
        indexSpaces.put(index.name(), new Space(next++));
      }
      Optional<Space> collections =
          creating.localIndexes().isEmpty() ? Optional.empty() : Optional.of(new Space(next++));
      TableRecord empty =
          new TableRecord(new TableSpaces(space, indexSpaces, collections), creating)
              .withTombstones(Optional.of(new Space(next++)));
      String ttl = value(message.global(), "ttl");
      if (!ttl.isEmpty()) {
        empty = SharedSettings.apply(empty, "ttl", ttl, now).apply(new Space(next++));
      }
      String encryption = value(message.global(), "encryption");
      TableRecord encrypted =
          SharedSettings.apply(empty, "encryption", encryption, now).apply(new Space(next));
      TableRecord set = OwnSettings.applied(encrypted, message.global().settings(), now);
      int shards = Partitions.of(creating, TableSize.EMPTY, streams);
      return StreamChange.withShards(set, new Space(next), ChangeLog.parts(shards), now)
          .changing(
              new Effect(UnaryOperator.identity(), table -> table.withStatus(TableStatus.ACTIVE)),
              now.plus(transition));
    };
  }

  private static String value(GlobalTable global, String name) {
    Setting setting = global.settings().get(name);
    return setting == null ? "" : setting.value();
  }

  private TableDescription creating(
      TableDescription theirs, TableArn arn, UUID id, GlobalTable global) {
    Region own = arn.owner().region();
    List<Member> members = new ArrayList<>();
    for (Member member : global.members()) {
      members.add(
          new Member(
              member.region(),
              member.state(),
              member.source(),
              member.edition(),
              member.region().equals(own),
              !member.takesPart()));
    }
    return new TableDescription(
            arn,
            id,
            now,
            TableStatus.CREATING,
            theirs.definitions(),
            theirs.key(),
            theirs.localIndexes(),
            theirs.globalIndexes().stream()
                .filter(index -> index.status() != IndexStatus.DELETING)
                .map(index -> index.withStatus(IndexStatus.ACTIVE))
                .toList(),
            billing(theirs),
            fresh(theirs.throughput()),
            theirs.onDemandThroughput(),
            Optional.of(warm(theirs)),
            global.hasSeveralAccounts() ? Optional.empty() : theirs.tableClass(),
            Optional.empty(),
            false,
            Optional.of(StreamChange.enabled(Optional.empty(), view(theirs), now)),
            Optional.of(new GlobalTable(global.id(), members, global.settings())),
            global.hasSeveralAccounts() ? theirs.settingsReplication() : Optional.empty())
        .withGlobalIndexes(index ->
            index
                .withThroughput(fresh(index.throughput()))
                .withWarmThroughput(index.warmThroughput().orElse(WarmThroughput.ON_DEMAND)));
  }

  /** Returns what the stream of a new replica shows: between accounts, what the source's shows. */
  private static StreamViewType view(TableDescription theirs) {
    return theirs.stream()
        .filter(_ -> theirs.hasSeveralAccounts())
        .flatMap(LatestStream::viewType)
        .orElse(StreamViewType.NEW_AND_OLD_IMAGES);
  }

  /** Returns the same units as those of a new table. */
  private static ProvisionedThroughput fresh(ProvisionedThroughput theirs) {
    return ProvisionedThroughput.of(theirs.readUnits(), theirs.writeUnits());
  }

  private BillingModeSummary billing(TableDescription theirs) {
    BillingMode mode = theirs.billing().mode();
    return new BillingModeSummary(
        mode, mode == BillingMode.PROVISIONED ? Optional.empty() : Optional.of(now));
  }

  private static WarmThroughput warm(TableDescription theirs) {
    return theirs.billing().mode() == BillingMode.PROVISIONED || theirs.hasSeveralAccounts()
        ? theirs.warmThroughput().orElse(WarmThroughput.ON_DEMAND)
        : WarmThroughput.ON_DEMAND;
  }

  /**
   * Returns a replica as active when nothing is in progress, and as a table when it is the last.
   */
  private TableRecord settled(TableRecord record) {
    Optional<GlobalTable> global = record.description().global();
    if (global.isEmpty()) {
      return record;
    }
    Region own = own(record);
    boolean waits = Disassociation.pending(global.get(), own).isPresent();
    if (global.get().shown(own).isEmpty()) {
      return waits
          ? disassociated(record)
          : active(record).with(table -> table.withGlobal(Optional.empty())).withoutTombstones();
    }
    return waits || GlobalTableRules.isBusy(global.get(), own, now) ? record : active(record);
  }

  /**
   * Returns a replica of several accounts as active when no replica that is being added or removed
   * keeps changes out.
   *
   * @param away a region that does not answer, if it keeps no change out
   */
  TableRecord atRest(TableRecord record, Optional<Region> away) {
    return record
        .description()
        .global()
        .filter(GlobalTable::hasSeveralAccounts)
        .filter(global -> !GlobalTableRules.isBusy(global, own(record), away, now))
        .map(_ -> active(record))
        .orElse(record);
  }

  private static TableRecord active(TableRecord record) {
    return record.description().status() == TableStatus.UPDATING && record.transition().isEmpty()
        ? record.with(table -> table.withStatus(TableStatus.ACTIVE))
        : record;
  }

  private static TableRecord withGlobal(TableRecord record, UnaryOperator<GlobalTable> change) {
    Optional<GlobalTable> before = record.description().global();
    Optional<GlobalTable> after = before.map(change);
    return after.equals(before) ? record : record.with(table -> table.withGlobal(after));
  }

  private static Region own(TableRecord record) {
    return record.description().arn().owner().region();
  }
}
