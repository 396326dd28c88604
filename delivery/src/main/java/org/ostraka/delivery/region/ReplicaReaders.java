package org.ostraka.delivery.region;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.ostraka.delivery.BackOff;
import org.ostraka.delivery.Readers;
import org.ostraka.delivery.WantedReader;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.LogHistories;
import org.ostraka.engine.catalogue.LogHistory;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.engine.catalogue.LogReaders;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.GlobalTables;
import org.ostraka.engine.region.GroupExchange;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.engine.region.Peers;
import org.ostraka.engine.stream.StreamView;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableStatus;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Store;

/**
 * The readers that send the changes of replicas to other regions: one for each replica and region.
 * It also copies what was there before, and ends the deletion of a replica whose changes are all
 * sent. One thread.
 */
public final class ReplicaReaders implements Readers {
  private static final String PREFIX = "replica/";

  /** How often the status of what is not sent any more is forgotten. */
  private static final Duration FORGETTING = Duration.ofMinutes(1);

  private final Store store;
  private final GlobalTables tables;
  private final Peers peers;
  private final GroupExchange exchange;
  private final LogReaders readers;
  private final LogHistories histories;
  private final Executor executor;
  private final ReplicaCopies copies;
  private final Disassociations disassociations;
  private final ReplicaConsumer.Sending sending;
  private final ReplicationStatus status;
  private final Clock clock;
  private final Set<Link> known = new HashSet<>();
  private final Set<Link> copying = ConcurrentHashMap.newKeySet();
  private Instant forgotten = Instant.EPOCH;

  /** The way of a replica's changes to another region. */
  private record Link(TableArn table, Region to, String reader) {}

  /**
   * Makes the readers.
   *
   * @param executor runs what takes long: copies of tables, and the sending of each batch
   */
  public ReplicaReaders(
      Store store,
      Catalogue catalogue,
      GlobalTables tables,
      Peers peers,
      GroupExchange exchange,
      ReplicationStatus status,
      Executor executor,
      Clock clock,
      BackOff backOff) {
    this.store = store;
    this.tables = tables;
    this.peers = peers;
    this.exchange = exchange;
    this.readers = new LogReaders(store);
    this.histories = new LogHistories(store);
    this.executor = executor;
    this.status = status;
    this.clock = clock;
    this.copies = new ReplicaCopies(store, catalogue, tables, backOff);
    this.disassociations =
        new Disassociations(tables, peers, new StoredProgress(store, clock), executor);
    this.sending =
        new ReplicaConsumer.Sending(status, store::floor, executor, clock, backOff, this::lost);
  }

  @Override
  public boolean isOne(LogReader reader) {
    return reader.name().startsWith(PREFIX);
  }

  @Override
  public List<WantedReader> wanted(List<Guard> guards) {
    exchange.run();
    List<WantedReader> wanted = new ArrayList<>();
    Set<Link> links = new HashSet<>();
    for (TableRecord record : tables.all()) {
      TableArn table = record.description().arn();
      GlobalTable global = record.description().global().orElseThrow();
      List<Member> members = global.others(table.owner().region());
      for (Member member : members) {
        Link link = new Link(table, member.region(), name(global, member.region()));
        Peer peer = peer(record, member.region());
        links.add(link);
        begin(record, member, link, guards);
        wanted.add(reader(link, global, peer));
        if (!member.copied() && copying.add(link)) {
          executor.execute(() -> copy(record, link, peer));
        }
      }
      disassociations.advance(record);
      tables.noteAuthorization(record);
      if (record.description().status() == TableStatus.DELETING && areSent(table, global)) {
        tables.drained(record);
      }
    }
    known.retainAll(links);
    forgetUnused(links);
    return wanted;
  }

  /**
   * Forgets now and then how far tables, regions and shards had come that are not sent any more.
   */
  private void forgetUnused(Set<Link> links) {
    Instant now = clock.instant();
    boolean clockWentBack = now.isBefore(forgotten);
    if (!clockWentBack && now.isBefore(forgotten.plus(FORGETTING))) {
      return;
    }
    forgotten = now;
    Set<Route> routes = new HashSet<>();
    for (Link link : links) {
      Route route = new Route(link.table(), link.to());
      routes.add(route);
      // The status is read first: a shard that comes later is not in it, and is not forgotten.
      Set<String> ended = status.shards(route);
      ended.removeAll(neededShards(link));
      status.forget(route, ended);
    }
    status.retain(routes);
  }

  private Set<String> neededShards(Link link) {
    LogHistory history = histories.of(link.table());
    return readers.find(link.table(), link.reader()).stream()
        .flatMap(reader -> history.shards().stream().filter(reader::needs))
        .map(shard -> StreamView.id(shard.log()))
        .collect(Collectors.toSet());
  }

  private Peer peer(TableRecord record, Region to) {
    if (!GlobalTables.maySend(record, to)) {
      return new UnavailablePeer(
          "the policy of " + record.description().arn() + " does not allow its replication");
    }
    return peers.to(to).orElseGet(() -> new UnavailablePeer("region " + to + " is not configured"));
  }

  /** Returns the name of the reader of a global table's changes for a region. */
  static String name(GlobalTable global, Region to) {
    return PREFIX + to + "/" + global.id();
  }

  private WantedReader reader(Link link, GlobalTable global, Peer peer) {
    return new WantedReader(
        link.table(),
        link.reader(),
        false,
        LogReader.Start.NEWEST,
        new ReplicaConsumer(
            sending, link.table(), global.replica(link.table(), link.to()), global.id(), peer));
  }

  /** Begins to read before anything is copied. What a missing reader has missed is copied. */
  private void begin(TableRecord record, Member member, Link link, List<Guard> guards) {
    if (!known.contains(link)) {
      if (member.copied() && readers.find(link.table(), link.reader()).isEmpty()) {
        tables.lost(record, link.to());
      }
      readers.begin(link.table(), link.reader(), false, LogReader.Start.NEWEST, guards);
      known.add(link);
    }
  }

  private void lost(TableArn table, Region to) {
    tables
        .find(table)
        .ifPresent(record ->
            record
                .description()
                .global()
                .ifPresent(global -> {
                  copies.lost(table, name(global, to));
                  tables.lost(record, to);
                }));
  }

  /** Returns whether all other regions have all changes of a replica. */
  private boolean areSent(TableArn table, GlobalTable global) {
    LogHistory history = histories.of(table);
    for (Member member : global.others(table.owner().region())) {
      Optional<LogReader> reader = readers.find(table, name(global, member.region()));
      boolean all =
          reader.isPresent()
              && history.shards().stream()
                  .filter(reader.get()::needs)
                  .allMatch(shard ->
                      reader.get().cursor(shard.space()).compareTo(store.newest(shard.id())) >= 0);
      if (!all) {
        return false;
      }
    }
    return true;
  }

  private void copy(TableRecord record, Link link, Peer peer) {
    try {
      copies.run(record, link.to(), link.reader(), peer);
    } finally {
      copying.remove(link);
    }
  }

  /** A replica to which nothing can be sent: its changes wait. */
  private record UnavailablePeer(String reason) implements Peer {
    @Override
    public Optional<Table> find(TableArn table) {
      throw unavailable();
    }

    @Override
    public Optional<GroupMessage> tell(GroupMessage message) {
      throw unavailable();
    }

    @Override
    public Association.Answer associate(Association association) {
      throw unavailable();
    }

    @Override
    public Optional<Integer> apply(ChangeBatch batch) {
      throw unavailable();
    }

    private PeerException unavailable() {
      return new PeerException(reason);
    }
  }
}
