package org.ostraka.engine.lease;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Guard;
import org.ostraka.storage.GuardMismatchException;
import org.ostraka.storage.Position;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;
import org.ostraka.storage.Write;

/**
 * One of several servers that share a store. Any thread.
 *
 * <p>A server has a term from its {@link #join} until another server ends it. It raises a count in
 * the store, its beat. Another server that sees the same beat for the length of a lease removes the
 * first one's row, which every decision of that server guards: from then on it can commit nothing.
 * The server itself stops serving earlier, when its last beat is {@link #SAFE_PERCENT} of a lease
 * old. All of them measure time with their own clocks, which need not agree but must run at about
 * the same speed.
 */
public final class SharedServers implements Servers {
  /** The space of leases: the last but one that there can be, which no table is ever given. */
  public static final Space SPACE = new Space(Long.MAX_VALUE - 1);

  /** The part of a lease during which a server serves after a beat, in percent. */
  private static final int SAFE_PERCENT = 75;

  private final Store store;
  private final SharedFormat format;
  private final String name;
  private final Duration lease;
  private final LongSupplier nanoTime;
  private final Runnable pause;
  private final ReentrantLock beating = new ReentrantLock();
  private final Map<String, Observed> observed = new HashMap<>();
  private final Map<Duty, Guard> duties = new EnumMap<>(Duty.class);
  private long joined;
  private long count;
  private Position seen = Position.START;
  private volatile @Nullable Term current;

  /**
   * One stretch of being a member.
   *
   * @param number greater than those of earlier terms
   * @param guard the server's row as it is while the term lasts
   * @param hasSeenAll whether the server has read the catalogue since the term began
   * @param validUntil in nanoseconds of this server's clock
   */
  private record Term(long number, Guard guard, boolean hasSeenAll, long validUntil) {}

  /** A beat of another server, and when this server first saw it. */
  private record Observed(Version version, long since) {}

  /**
   * Makes a server of this program's format that has not joined yet.
   *
   * @param name the server's name, which no other server ever had
   * @param lease how long a server may be silent before another one ends its term
   * @param nanoTime a clock that never goes back, in nanoseconds
   * @param pause waits for a moment before the store is read again
   */
  public SharedServers(
      Store store, String name, Duration lease, LongSupplier nanoTime, Runnable pause) {
    this(store, SharedFormat.CURRENT, name, lease, nanoTime, pause);
  }

  /** Makes a server of another format. */
  SharedServers(
      Store store,
      SharedFormat format,
      String name,
      Duration lease,
      LongSupplier nanoTime,
      Runnable pause) {
    this.store = store;
    this.format = format;
    this.name = name;
    this.lease = lease;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /** Returns whether a row is one by which servers know each other. */
  public static boolean isLease(RowKey key) {
    return key.space().equals(SPACE);
  }

  /**
   * Begins a term, in which the server does not serve until it has {@linkplain #saw read the
   * catalogue}. A server that writes a newer format than the store has raises that, once all other
   * servers read it; it waits up to a lease for servers that may have died.
   *
   * @return the number of the term
   * @throws StorageFailedException when this server does not read the store's format, or another
   *     one that lives would not read what this server writes
   */
  public long join() {
    beating.lock();
    try {
      long begin = nanoTime.getAsLong();
      seen = Position.START;
      count++;
      RowKey member = LeaseRows.member(name);
      new Joining(store, format, name, this::watch, pause).join(beat());
      Version version =
          store
              .read(member, Consistency.STRONG)
              .map(Row::version)
              .orElseThrow(SharedServers::noTerm);
      duties.clear();
      joined++;
      current = new Term(joined, new Guard(member, Optional.of(version)), false, validUntil(begin));
      return joined;
    } finally {
      beating.unlock();
    }
  }

  /**
   * Notes that the server has seen the catalogue's changes up to a position, and has finished the
   * requests that began before. From then on it serves.
   *
   * @param term the term that had begun when the server began to read
   */
  public void saw(long term, Position position) {
    beating.lock();
    try {
      Term now = current;
      if (now == null || now.number() != term) {
        return;
      }
      boolean isNews = !now.hasSeenAll() || position.compareTo(seen) > 0;
      if (isNews) {
        seen = position;
        current = new Term(term, now.guard(), true, now.validUntil());
        renew();
      }
    } finally {
      beating.unlock();
    }
  }

  /**
   * Renews the term, and ends the terms of servers that have been silent for a lease. To be called
   * several times in the length of a lease.
   *
   * @return whether the server still has its term
   */
  public boolean keep() {
    beating.lock();
    try {
      boolean kept = renew();
      watch();
      return kept;
    } finally {
      beating.unlock();
    }
  }

  /** Ends the server's own term. */
  public void leave() {
    beating.lock();
    try {
      current = null;
      store.transact(LeaseRows.ofServer(name), _ -> removal(name));
    } finally {
      beating.unlock();
    }
  }

  @Override
  public OptionalLong term() {
    Term now = current;
    return now != null && now.hasSeenAll() && nanoTime.getAsLong() - now.validUntil() < 0
        ? OptionalLong.of(now.number())
        : OptionalLong.empty();
  }

  @Override
  public List<Guard> guards() {
    Term now = current;
    if (now == null) {
      throw noTerm();
    }
    return List.of(now.guard());
  }

  @Override
  public void awaitSeen(Position change) {
    while (!othersHaveSeen(change)) {
      pause.run();
    }
  }

  private boolean othersHaveSeen(Position change) {
    beating.lock();
    try {
      return watch().stream().allMatch(beat -> beat.seen().compareTo(change) >= 0);
    } finally {
      beating.unlock();
    }
  }

  @Override
  public Optional<List<Guard>> hold(Duty duty) {
    beating.lock();
    try {
      Term now = current;
      if (now == null || term().isEmpty()) {
        return Optional.empty();
      }
      Guard held = duties.get(duty);
      if (held == null) {
        Optional<Guard> taken = take(duty, now.guard());
        taken.ifPresent(guard -> duties.put(duty, guard));
        return taken.map(guard -> List.of(now.guard(), guard));
      }
      return Optional.of(List.of(now.guard(), held));
    } catch (GuardMismatchException _) {
      current = null;
      return Optional.empty();
    } finally {
      beating.unlock();
    }
  }

  @Override
  public boolean isShared() {
    return true;
  }

  /** Takes a duty that no server with a term has. */
  private Optional<Guard> take(Duty duty, Guard member) {
    RowKey key = LeaseRows.duty(duty);
    String holder = store.read(key, Consistency.STRONG).map(LeaseRows::holder).orElse(name);
    RowKey holderRow = LeaseRows.member(holder);
    boolean taken =
        store.transact(
            List.of(key, holderRow),
            List.of(member),
            rows -> {
              String now = rows.row(key).map(LeaseRows::holder).orElse(name);
              boolean mayTake =
                  now.equals(name) || (now.equals(holder) && rows.row(holderRow).isEmpty());
              return mayTake
                  ? new Verdict<>(true, List.of(new Write.Put(key, LeaseRows.holder(name))))
                  : Verdict.unchanged(false);
            });
    return taken
        ? store
            .read(key, Consistency.STRONG)
            .filter(row -> LeaseRows.holder(row).equals(name))
            .map(row -> new Guard(key, Optional.of(row.version())))
        : Optional.empty();
  }

  private boolean renew() {
    Term now = current;
    if (now == null) {
      return false;
    }
    long begin = nanoTime.getAsLong();
    count++;
    try {
      store.transact(
          List.of(LeaseRows.beat(name)),
          List.of(now.guard()),
          _ -> new Verdict<>(name, List.of(beat())));
      current = new Term(now.number(), now.guard(), now.hasSeenAll(), validUntil(begin));
      return true;
    } catch (GuardMismatchException _) {
      current = null;
      return false;
    }
  }

  /** Returns the beats of the other servers, without those whose terms it ends. */
  private List<LeaseRows.Beat> watch() {
    List<LeaseRows.Beat> others =
        LeaseRows.beats(store).stream().filter(beat -> !beat.server().equals(name)).toList();
    long now = nanoTime.getAsLong();
    Set<String> present = new HashSet<>();
    Set<String> ended = new HashSet<>();
    for (LeaseRows.Beat beat : others) {
      present.add(beat.server());
      Observed last = observed.get(beat.server());
      if (last == null || !last.version().equals(beat.version())) {
        observed.put(beat.server(), new Observed(beat.version(), now));
      } else if (now - last.since() >= lease.toNanos() && end(beat)) {
        ended.add(beat.server());
      }
    }
    observed.keySet().retainAll(present);
    observed.keySet().removeAll(ended);
    return others.stream().filter(beat -> !ended.contains(beat.server())).toList();
  }

  /** Ends the term of a server, unless it has beaten meanwhile. */
  private boolean end(LeaseRows.Beat last) {
    RowKey beat = LeaseRows.beat(last.server());
    return store.transact(
        LeaseRows.ofServer(last.server()),
        rows ->
            rows.row(beat).map(Row::version).filter(last.version()::equals).isPresent()
                ? removal(last.server())
                : Verdict.unchanged(false));
  }

  private static Verdict<Boolean> removal(String server) {
    return new Verdict<>(
        true,
        LeaseRows.ofServer(server).stream().<Write>map(key -> new Write.Delete(key)).toList());
  }

  private Write beat() {
    return new Write.Put(LeaseRows.beat(name), LeaseRows.beat(name, count, seen));
  }

  private long validUntil(long begin) {
    return begin + lease.toNanos() / 100 * SAFE_PERCENT;
  }

  private static StorageFailedException noTerm() {
    return new StorageFailedException(
        "this server has lost its lease: other servers of the store did not hear from it");
  }
}
