package org.ostraka.model;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The global table of which a table is a replica: the regions of all replicas, and the settings
 * that are the same in all of them. Each replica has a copy of its own; copies are merged entry by
 * entry, where the later edition wins. Immutable.
 *
 * @param id tells the global table from others of the same name
 * @param members the regions of the replicas, those that left included, as they were added
 * @param settings the common settings by their names
 */
public record GlobalTable(UUID id, List<Member> members, Map<String, Setting> settings) {
  /** Begins the names of the settings that tell the accounts of replicas. */
  private static final String ACCOUNT = "account/";

  /** Begins the names of the settings that tell since when replicas are not authorized. */
  private static final String NOT_AUTHORIZED = "not-authorized/";

  public GlobalTable {
    members = List.copyOf(members);
    settings = Map.copyOf(settings);
  }

  /**
   * When and where an entry was last changed. Immutable.
   *
   * @param time in milliseconds
   */
  public record Edition(Instant time, Region region) implements Comparable<Edition> {
    private static final Comparator<Edition> ORDER =
        Comparator.comparing(Edition::time).thenComparing(edition -> edition.region().value());

    @Override
    public int compareTo(Edition other) {
      return ORDER.compare(this, other);
    }

    /** Returns an edition of a region that is later than this one. */
    public Edition next(Instant now, Region by) {
      Instant least = time.plusMillis(1);
      return new Edition(now.isAfter(least) ? now : least, by);
    }
  }

  /** What a region is in a global table. */
  public enum State {
    /** It is being filled by the region that added it. */
    JOINING,
    ACTIVE,
    /** It was removed, or its table was deleted. */
    LEFT
  }

  /**
   * A region of the global table. Immutable.
   *
   * @param source the region that added it
   * @param edition the edition of state and source
   * @param copied whether this replica's items of before were copied to it; not merged
   * @param confirmed whether it is known here that a region that left has no table; not merged
   */
  public record Member(
      Region region,
      State state,
      Region source,
      Edition edition,
      boolean copied,
      boolean confirmed) {
    /**
     * Returns the member once it has left. Its edition is also later than the one that its source
     * may have given it meanwhile, when it had filled it.
     */
    public Member whenLeft(Instant now, Region by) {
      Edition last = state == State.JOINING ? whenFilled().edition : edition;
      return new Member(region, State.LEFT, source, last.next(now, by), copied, confirmed);
    }

    public Member withCopied(boolean isCopied) {
      return new Member(region, state, source, edition, isCopied, confirmed);
    }

    public Member whenConfirmed() {
      return new Member(region, state, source, edition, copied, true);
    }

    /**
     * Returns the member once its source has filled it. Its edition follows from that of its
     * joining, so that all regions can tell it from a member that has left and was added again.
     */
    public Member whenFilled() {
      Edition next = new Edition(edition.time().plusMillis(1), source);
      return new Member(region, State.ACTIVE, source, next, copied, confirmed);
    }

    /** Returns whether it was being filled before, and has been filled without leaving. */
    public boolean isFilledSince(Member before) {
      return before.state == State.JOINING
          && state == State.ACTIVE
          && source.equals(before.source)
          && edition.equals(before.whenFilled().edition);
    }

    /** Returns whether changes are exchanged with it. */
    public boolean takesPart() {
      return state != State.LEFT;
    }
  }

  /** A common setting as text, and the edition of its last change. Immutable. */
  public record Setting(String value, Edition edition) {}

  /** Returns the value of a setting; empty when it is not known, or not set. */
  public Optional<String> value(String setting) {
    return Optional.ofNullable(settings.get(setting))
        .map(Setting::value)
        .filter(value -> !value.isEmpty());
  }

  public Optional<Member> member(Region region) {
    return members.stream().filter(member -> member.region().equals(region)).findFirst();
  }

  /**
   * Returns the name of the setting that tells the account of a region's replica. Only a global
   * table of several accounts has such settings.
   */
  public static String accountOf(Region region) {
    return ACCOUNT + region;
  }

  /** Returns whether a setting tells the account of a replica. */
  public static boolean isAccount(String name) {
    return name.startsWith(ACCOUNT);
  }

  /** Returns whether each replica belongs to an account of its own. */
  public boolean hasSeveralAccounts() {
    return settings.keySet().stream().anyMatch(GlobalTable::isAccount);
  }

  /**
   * Returns the name of the setting that tells since when the policy of a region's replica does not
   * allow the replication between accounts.
   */
  public static String notAuthorized(Region region) {
    return NOT_AUTHORIZED + region;
  }

  /**
   * Returns since when the policy of a region's replica is known not to allow the replication
   * between accounts; empty when it allows it.
   */
  public Optional<Instant> notAuthorizedSince(Region region) {
    return value(notAuthorized(region)).map(Instant::parse);
  }

  /**
   * Refuses settings that every use of the global table reads, if they cannot be read.
   *
   * @throws IllegalArgumentException when one cannot be read
   */
  public void requireReadable() {
    settings.forEach((name, setting) -> {
      String value = setting.value();
      if (isAccount(name) && !AccountId.isLegal(value)) {
        throw new IllegalArgumentException("not an account: " + value);
      }
      if (name.startsWith(NOT_AUTHORIZED) && !value.isEmpty()) {
        requireInstant(value);
      }
    });
  }

  private static void requireInstant(String value) {
    try {
      var _ = Instant.parse(value);
    } catch (DateTimeParseException unreadable) {
      throw new IllegalArgumentException("not a time: " + value, unreadable);
    }
  }

  /**
   * Returns the ARN of the replica in a region.
   *
   * @param own the ARN of any replica
   */
  public TableArn replica(TableArn own, Region region) {
    AccountId account = value(accountOf(region)).map(AccountId::new).orElse(own.owner().account());
    return new TableArn(new Owner(account, region), own.table());
  }

  /** Returns whether a region takes part. */
  public boolean has(Region region) {
    return member(region).filter(Member::takesPart).isPresent();
  }

  /** Returns the members in other regions that take part. */
  public List<Member> others(Region own) {
    return members.stream()
        .filter(member -> member.takesPart() && !member.region().equals(own))
        .toList();
  }

  /** Returns the members in other regions that a description shows. */
  public List<Member> shown(Region own) {
    return members.stream()
        .filter(member -> !member.region().equals(own))
        .filter(member -> member.takesPart() || !member.confirmed())
        .toList();
  }

  /** Returns the global table with one member more, or with another state of one. */
  public GlobalTable with(Member next) {
    List<Member> all = new ArrayList<>(members);
    all.removeIf(member -> member.region().equals(next.region()) && !isSame(member, next));
    int at = indexOf(all, next.region());
    if (at < 0) {
      all.add(next);
    } else {
      all.set(at, next);
    }
    return new GlobalTable(id, all, settings);
  }

  /** A region that comes back is shown behind the others, where it was added. */
  private static boolean isSame(Member before, Member next) {
    return before.takesPart() || !next.takesPart();
  }

  private static int indexOf(List<Member> members, Region region) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).region().equals(region)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the global table with another value of a setting. */
  public GlobalTable with(String name, Setting next) {
    Map<String, Setting> all = new TreeMap<>(settings);
    all.put(name, next);
    return new GlobalTable(id, members, all);
  }
}
