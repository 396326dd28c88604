package org.ostraka.engine.region;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.Bytes;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.Member;
import org.ostraka.model.GlobalTable.State;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the replicas in other regions what this store knows of their global tables: when it
 * changes, and now and then. Any thread.
 */
public final class GroupExchange {
  private static final Logger LOG = LoggerFactory.getLogger(GroupExchange.class);

  /** The usual time after which a replica is told again, though nothing has changed. */
  public static final Duration REPEAT = Duration.ofSeconds(10);

  /** The longest time for a replica that is being added or removed, which a client may wait for. */
  static final Duration LONGEST_WHILE_CHANGING = Duration.ofSeconds(1);

  private final GlobalTables tables;
  private final Peers peers;
  private final Executor executor;
  private final Duration repeat;
  private final Map<Key, Told> told = new ConcurrentHashMap<>();
  private final Set<Key> running = ConcurrentHashMap.newKeySet();

  /** A replica in another region. */
  private record Key(TableArn table, Region region) {}

  /** What was told to a replica last, and when. */
  private record Told(Bytes message, Instant when) {}

  /**
   * Makes the exchange.
   *
   * @param executor runs what may wait for another region
   * @param repeat after this time a replica is told again, though nothing has changed
   */
  public GroupExchange(GlobalTables tables, Peers peers, Executor executor, Duration repeat) {
    this.tables = tables;
    this.peers = peers;
    this.executor = executor;
    this.repeat = repeat;
  }

  /** Tells what has to be told now. To be called regularly. */
  public void run() {
    Set<Key> present = new HashSet<>();
    for (TableRecord record : tables.all()) {
      tables.note(record);
      for (Member member : GlobalTables.partners(record)) {
        Key key = new Key(record.description().arn(), member.region());
        present.add(key);
        if (isDue(key, record, member) && running.add(key)) {
          executor.execute(() -> tellOnce(key));
        }
      }
    }
    told.keySet().retainAll(present);
  }

  /** Returns the number of replicas of which it is known what they were told last. */
  int toldReplicas() {
    return told.size();
  }

  private void tellOnce(Key key) {
    try {
      tell(key);
    } finally {
      running.remove(key);
    }
  }

  private boolean isDue(Key key, TableRecord record, Member member) {
    Told last = told.get(key);
    return last == null
        || !tables.now().isBefore(last.when().plus(repeat(member)))
        || !GroupMessage.to(key.region(), record.description()).encoded().equals(last.message());
  }

  private Duration repeat(Member member) {
    boolean isShort = repeat.compareTo(LONGEST_WHILE_CHANGING) < 0;
    return member.state() == State.ACTIVE || isShort ? repeat : LONGEST_WHILE_CHANGING;
  }

  private void tell(Key key) {
    Optional<TableRecord> record =
        tables.find(key.table()).filter(each -> each.description().global().isPresent());
    Optional<Peer> peer = peers.to(key.region());
    if (record.isEmpty() || peer.isEmpty()) {
      return;
    }
    GroupMessage message = GroupMessage.to(key.region(), record.get().description());
    try {
      Optional<GroupMessage> answer = peer.get().tell(message);
      if (answer.isPresent()) {
        tables.merge(key.table(), answer.get().global());
      } else {
        missing(record.get(), key.region());
      }
      told.put(key, new Told(message.encoded(), tables.now()));
    } catch (PeerException unreachable) {
      LOG.debug("{} cannot be reached: {}", key.region(), unreachable.getMessage());
    }
  }

  /** A region without the replica has left, unless it has not been created yet. */
  private void missing(TableRecord record, Region region) {
    Region own = record.description().arn().owner().region();
    GlobalTable global = record.description().global().orElseThrow();
    Member member = global.member(region).orElseThrow();
    boolean isCreatedElsewhere = member.state() == State.JOINING && !member.source().equals(own);
    boolean mayStillBeCreated = global.hasSeveralAccounts() && tables.mayStillBeCreated(member);
    if (!isCreatedElsewhere && !mayStillBeCreated) {
      if (member.takesPart()) {
        LOG.warn("{} has no replica in {} any more", record.description().arn(), region);
      }
      tables.gone(record, member);
    }
  }
}
