package org.ostraka.voting.election;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One version of an election. Immutable.
 *
 * <p>Candidates, shards and regions are the same in all versions. A later version opens or closes
 * the election at another time, or certifies it.
 *
 * @param id lower-case letters, digits and hyphens, at most 64
 * @param candidates at least one, in the order of the ballot paper
 * @param opens the first moment at which votes are accepted
 * @param closes the first moment at which they are not
 * @param regions the regions that voters have their homes in, in an order that never changes
 * @param version from 1
 * @param isCertified whether its result was recounted and published
 */
public record Election(
    String id,
    List<String> candidates,
    Instant opens,
    Instant closes,
    Sharding sharding,
    List<String> regions,
    int version,
    boolean isCertified) {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final int MAX_CANDIDATES = 1_000;
  private static final int MAX_CANDIDATE_LENGTH = 200;

  public Election {
    candidates = List.copyOf(candidates);
    regions = List.copyOf(regions);
    if (!isId(id)) {
      throw new IllegalArgumentException("an election's id matches " + ID);
    }
    if (candidates.isEmpty()
        || candidates.size() > MAX_CANDIDATES
        || Set.copyOf(candidates).size() != candidates.size()) {
      throw new IllegalArgumentException("candidates: 1 to " + MAX_CANDIDATES + ", each once");
    }
    if (candidates.stream()
        .anyMatch(name -> name.isBlank() || name.length() > MAX_CANDIDATE_LENGTH)) {
      throw new IllegalArgumentException(
          "a candidate has 1 to " + MAX_CANDIDATE_LENGTH + " characters");
    }
    if (!opens.isBefore(closes)) {
      throw new IllegalArgumentException("an election opens before it closes");
    }
    if (regions.isEmpty()) {
      throw new IllegalArgumentException("an election has a region");
    }
  }

  /** Makes the first version of an election. */
  public Election(
      String id,
      List<String> candidates,
      Instant opens,
      Instant closes,
      Sharding sharding,
      List<String> regions) {
    this(id, candidates, opens, closes, sharding, regions, 1, false);
  }

  /** Returns the next version, which opens at another time. */
  public Election opening(Instant time) {
    return new Election(id, candidates, time, closes, sharding, regions, version + 1, false);
  }

  /** Returns the next version, which closes at another time. */
  public Election closing(Instant time) {
    return new Election(id, candidates, opens, time, sharding, regions, version + 1, false);
  }

  /** Returns the next version, which is certified. */
  public Election certified() {
    return new Election(id, candidates, opens, closes, sharding, regions, version + 1, true);
  }

  /** Returns how far the election has come at this moment. */
  public State state(Instant now) {
    if (isCertified) {
      return State.CERTIFIED;
    }
    if (now.isBefore(opens)) {
      return State.ANNOUNCED;
    }
    return now.isBefore(closes) ? State.OPEN : State.CLOSED;
  }

  /** Returns whether a text can be the id of an election. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Returns whether votes are accepted at this moment. */
  public boolean isOpen(Instant now) {
    return state(now) == State.OPEN;
  }

  /** Returns the shard of a voter's ballot, from 0. */
  public int shardOf(String voter) {
    return sharding.shardOf(id, voter);
  }

  /** Returns the region in which a shard's voters have their home. */
  public String homeOf(int shard) {
    return regions.get(shard % regions.size());
  }
}
