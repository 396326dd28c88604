package org.ostraka.voting.election;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One version of an election. Immutable.
 *
 * <p>Candidates, shards, regions and who may vote are the same in all versions. A later version
 * opens or closes the election at another time, or certifies it.
 *
 * @param id lower-case letters, digits and hyphens, at most 64
 * @param candidates at least one, in the order of the ballot paper
 * @param opens the first moment at which votes are accepted
 * @param closes the first moment at which they are not
 * @param regions the regions that voters have their homes in, each once, in an order that never
 *     changes
 * @param version from 1
 * @param isCertified whether its result was recounted and published
 * @param isSecret whether who has voted and what was voted are two rows that nothing links
 * @param voters who may vote
 */
public record Election(
    String id,
    List<String> candidates,
    Instant opens,
    Instant closes,
    Sharding sharding,
    List<String> regions,
    int version,
    boolean isCertified,
    boolean isSecret,
    Eligibility voters) {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final int MAX_CANDIDATES = 1_000;

  /** The most characters that the name of a candidate has. */
  public static final int MAX_CANDIDATE_LENGTH = 200;

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
    if (regions.isEmpty() || Set.copyOf(regions).size() != regions.size()) {
      throw new IllegalArgumentException("regions: at least 1, each once");
    }
    if (version < 1) {
      throw new IllegalArgumentException("the first version of an election is 1, not " + version);
    }
  }

  /** Makes the first version of an open election in which every voter with a token may vote. */
  public Election(
      String id,
      List<String> candidates,
      Instant opens,
      Instant closes,
      Sharding sharding,
      List<String> regions) {
    this(id, candidates, opens, closes, sharding, regions, 1, false, false, Eligibility.EVERYBODY);
  }

  /** Returns the same version as that of a secret election. */
  public Election secret() {
    return new Election(
        id, candidates, opens, closes, sharding, regions, version, isCertified, true, voters);
  }

  /** Returns the same version as that of an election in which these may vote. */
  public Election withVoters(Eligibility others) {
    return new Election(
        id, candidates, opens, closes, sharding, regions, version, isCertified, isSecret, others);
  }

  private Election version(Instant from, Instant to, boolean certified) {
    return new Election(
        id, candidates, from, to, sharding, regions, version + 1, certified, isSecret, voters);
  }

  /** Returns the next version, which opens at another time. */
  public Election opening(Instant time) {
    return version(time, closes, false);
  }

  /** Returns the next version, which closes at another time. */
  public Election closing(Instant time) {
    return version(opens, time, false);
  }

  /** Returns the next version, which is certified. */
  public Election certified() {
    return version(opens, closes, true);
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

  /**
   * Returns the shard of a ballot of a secret election, from 0: any one of those that have their
   * home in the region in which the vote is written.
   *
   * @throws IllegalArgumentException if the election has no such region, or no shard in it
   */
  public int boxOf(String number, String region) {
    int at = regions.indexOf(region);
    int boxes = (sharding.shards() - at + regions.size() - 1) / regions.size();
    if (at < 0 || boxes < 1) {
      throw new IllegalArgumentException("no shard has its home in " + region);
    }
    return at + regions.size() * Math.floorMod(Sharding.hash(id, number), boxes);
  }
}
