package org.ostraka.voting.election;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The elections in the table, in versions that are never changed. Any thread. */
public final class Elections {
  private static final String CANDIDATES = "candidates";
  private static final String OPENS = "opens";
  private static final String CLOSES = "closes";
  private static final String SHARDS = "shards";
  private static final String REGIONS = "regions";
  private static final String VERSION = "version";
  private static final String CERTIFIED = "certified";
  private static final String SECRET = "secret";
  private static final String TERMS = "terms";
  private static final String VOTERS = "voters";
  private static final String REASON = "reason";
  private static final String WRITTEN = "written";
  private static final String DECLARED = "declared";

  /**
   * The most bytes of an election's first row. It leaves 16 KB of a row for the reason of a later
   * version, and for tallies: these name each candidate, too, with a counter beside it.
   */
  static final int MAX_BYTES = RowSize.MAX_BYTES - 16 * 1024;

  /** What a later version may have otherwise than the first one. */
  private static final Set<String> CHANGE =
      Set.of(Keys.PARTITION, Keys.SORT, VERSION, OPENS, CLOSES, CERTIFIED, REASON, WRITTEN);

  private final VoteTable table;
  private final Set<String> without;

  public Elections(VoteTable table) {
    this(table, Set.of());
  }

  /**
   * Makes the elections of a table.
   *
   * @param without regions that the election office has given up: no versions are added there
   */
  public Elections(VoteTable table, Set<String> without) {
    this.table = table;
    this.without = Set.copyOf(without);
  }

  /**
   * Refuses an election whose rows would be larger than rows can be.
   *
   * @throws IllegalArgumentException with the size, and the largest one
   */
  public static void requireFits(Election election) {
    int bytes = bytes(election);
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the names of candidates and the claims of voters are too long together: the election"
              + " would have a row of "
              + bytes
              + " bytes, and may have "
              + MAX_BYTES);
    }
  }

  /** Returns the most bytes that the first row of an election has, whenever it is written. */
  static int bytes(Election election) {
    return RowSize.bytes(row(election, DECLARED, Instant.MAX));
  }

  /**
   * Declares an election, with the leases of its shards, in the own region. An interrupted
   * declaration can be repeated; the election is stored last.
   *
   * @return whether it is new
   */
  public boolean declare(Election election, Instant now) {
    return declare(election, now, false);
  }

  /**
   * Declares an election whose leases may have terms: these accept no vote until they are renewed.
   *
   * @throws IllegalArgumentException before anything is written, when the election is too large, or
   *     another declaration of this id, which is not complete, has other leases
   */
  public boolean declare(Election election, Instant now, boolean haveTerms) {
    requireFits(election);
    if (election.isSecret() && haveTerms) {
      throw new IllegalArgumentException(
          "a secret election has no terms: another region may know one of the two rows of a vote"
              + " only");
    }
    String own = table.regions().getFirst();
    if (!isClaimed(election, haveTerms)) {
      if (find(election.id()).isPresent()) {
        return false;
      }
      throw new IllegalArgumentException(
          "another declaration of "
              + election.id()
              + ", which was interrupted or goes on now, has other shards, regions or terms: repeat"
              + " that one, or take another id");
    }
    for (int shard = 0; shard < election.sharding().shards(); shard++) {
      Map<String, AttributeValue> lease = new HashMap<>(Keys.lease(election.id(), shard));
      lease.putAll(new Lease(election.homeOf(shard), 1).attributes());
      if (haveTerms) {
        lease.put(Lease.UNTIL, Attributes.of(0));
      }
      boolean _ = table.add(own, lease);
    }
    boolean _ = table.add(own, Keys.listed(election.id()));
    return table.add(own, row(election, DECLARED, now));
  }

  /**
   * Stores what the leases of an election follow from, before any of them is made. So of two
   * declarations with the same id either both make the same leases, or only the first one makes
   * some. It is stored in the same region whichever one an operator names first: in two regions,
   * two operators could both be the first.
   *
   * @return whether no other declaration has stored something else
   */
  private boolean isClaimed(Election election, boolean haveTerms) {
    String region = Collections.min(table.regions());
    Map<String, AttributeValue> claim = new HashMap<>(Keys.declaration(election.id()));
    claim.put(SHARDS, Attributes.of(election.sharding().shards()));
    claim.put(REGIONS, Attributes.of(election.regions()));
    claim.put(TERMS, AttributeValue.fromBool(haveTerms));
    return table.add(region, claim)
        || table.read(region, Keys.declaration(election.id())).filter(claim::equals).isPresent();
  }

  /**
   * Adds the next version of an election. All versions are added in the election's first region
   * that is not given up, so that two operators cannot add the same one in two regions.
   *
   * @return whether it was added; false when that version is there already
   * @throws IllegalArgumentException if the reason is too long
   */
  public boolean add(Election next, String reason, Instant now) {
    Map<String, AttributeValue> row = row(next, reason, now);
    int tooMany = RowSize.bytes(row) - RowSize.MAX_BYTES;
    if (tooMany > 0) {
      throw new IllegalArgumentException(
          "the reason is too long for the row of a version, by " + tooMany + " bytes");
    }
    return table.add(first(next), row);
  }

  /** Returns the ids of all elections that the own region knows. */
  public List<String> ids() {
    return table.readAll(table.regions().getFirst(), Keys.ELECTIONS).stream()
        .map(row -> Attributes.text(row, Keys.SORT))
        .toList();
  }

  /** Returns the latest version of an election; empty when the own region has none. */
  public Optional<Election> find(String id) {
    return find(id, table.regions().getFirst());
  }

  /** Returns the latest version as the election's first region has it, where versions are added. */
  public Optional<Election> findToChange(String id) {
    return find(id).flatMap(election -> find(id, first(election)));
  }

  /** Returns the region in which versions of an election are added. */
  private String first(Election election) {
    return election.regions().stream()
        .filter(region -> !without.contains(region))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("all regions are given up"));
  }

  private Optional<Election> find(String id, String region) {
    return table.readLast(region, Keys.electionPartition(id)).map(row -> of(id, row));
  }

  /** Returns the rows of all versions of an election as a region has them, the first one first. */
  public List<Map<String, AttributeValue>> versions(String id, String region) {
    return table.readAll(region, Keys.electionPartition(id));
  }

  /**
   * Returns whether an election was declared with terms, as a region has it; empty when the
   * declaration is not there.
   */
  public Optional<Boolean> haveTerms(String id, String region) {
    return table
        .read(region, Keys.declaration(id))
        .flatMap(row -> Optional.ofNullable(row.get(TERMS)))
        .map(AttributeValue::bool);
  }

  /** Returns the attributes of a version's row that are the same in all versions. */
  public static Map<String, AttributeValue> constants(Map<String, AttributeValue> version) {
    Map<String, AttributeValue> constants = new HashMap<>(version);
    constants.keySet().removeAll(CHANGE);
    return constants;
  }

  private static Map<String, AttributeValue> row(Election election, String reason, Instant now) {
    Map<String, AttributeValue> row =
        new HashMap<>(Keys.election(election.id(), election.version()));
    row.put(VERSION, Attributes.of(election.version()));
    row.put(CERTIFIED, AttributeValue.fromBool(election.isCertified()));
    if (election.isSecret()) {
      row.put(SECRET, AttributeValue.fromBool(true));
    }
    if (!election.voters().isForEverybody()) {
      row.put(VOTERS, attribute(election.voters()));
    }
    row.put(REASON, Attributes.of(reason));
    row.put(WRITTEN, Attributes.of(now.toString()));
    row.put(CANDIDATES, Attributes.of(election.candidates()));
    row.put(OPENS, Attributes.of(election.opens().toString()));
    row.put(CLOSES, Attributes.of(election.closes().toString()));
    row.put(SHARDS, Attributes.of(election.sharding().shards()));
    row.put(REGIONS, Attributes.of(election.regions()));
    return row;
  }

  /**
   * Reads a version of an election.
   *
   * @throws RuntimeException if the row is none
   */
  public static Election of(String id, Map<String, AttributeValue> row) {
    return new Election(
        id,
        Attributes.attribute(row, CANDIDATES).l().stream().map(AttributeValue::s).toList(),
        Instant.parse(Attributes.text(row, OPENS)),
        Instant.parse(Attributes.text(row, CLOSES)),
        new Sharding(Math.toIntExact(Attributes.number(row, SHARDS))),
        Attributes.attribute(row, REGIONS).l().stream().map(AttributeValue::s).toList(),
        Math.toIntExact(Attributes.number(row, VERSION)),
        Attributes.attribute(row, CERTIFIED).bool(),
        row.containsKey(SECRET),
        voters(row));
  }

  private static AttributeValue attribute(Eligibility voters) {
    Map<String, AttributeValue> claims = new HashMap<>();
    voters
        .claims()
        .forEach((claim, values) -> claims.put(claim, Attributes.of(List.copyOf(values))));
    return AttributeValue.fromM(claims);
  }

  private static Eligibility voters(Map<String, AttributeValue> row) {
    if (!row.containsKey(VOTERS)) {
      return Eligibility.EVERYBODY;
    }
    Map<String, Set<String>> claims = new HashMap<>();
    Attributes.attribute(row, VOTERS)
        .m()
        .forEach((claim, values) -> claims.put(claim, texts(values)));
    if (claims.isEmpty()) {
      // Not everybody: only rows without the attribute mean that.
      throw new IllegalStateException(VOTERS + " names no claim");
    }
    return new Eligibility(claims);
  }

  private static Set<String> texts(AttributeValue values) {
    return values.l().stream()
        .map(value ->
            Optional.ofNullable(value.s())
                .orElseThrow(
                    () -> new IllegalStateException(VOTERS + " has a value that is no text")))
        .collect(Collectors.toUnmodifiableSet());
  }
}
