package org.ostraka.voting.election;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How many shards the ballots of an election have, and which shard a voter's ballot is in.
 * Immutable.
 *
 * <p>A shard is one partition key, so it must stay below {@link #PARTITION_WRITES_PER_SECOND}. A
 * vote is a transaction of two actions, the ballot and the check of the shard's lease, and each
 * consumes two write capacity units for up to 1 KiB ("Amazon DynamoDB transactions: how it works",
 * capacity management). Voters fall on shards by hash, so the fullest shard gets more than the
 * mean: six standard deviations are left free.
 *
 * @param shards from 1 to {@link #MAX_SHARDS}
 */
public record Sharding(int shards) {
  /** What one partition takes ("Best practices for designing partition keys"). */
  public static final int PARTITION_WRITES_PER_SECOND = 1_000;

  /** Write capacity units for one vote: two for the ballot, two for the check of the lease. */
  public static final int UNITS_PER_VOTE = 4;

  /**
   * The same for a secret election: two rows, and at most two checks, which votes that are written
   * together may share.
   */
  public static final int UNITS_PER_SECRET_VOTE = 8;

  /** A publication of roots has 40 bytes for each shard, in one row of at most 400 KB. */
  public static final int MAX_SHARDS = 10_000;

  private static final double DEVIATIONS = 6;

  public Sharding {
    if (shards < 1 || shards > MAX_SHARDS) {
      throw new IllegalArgumentException(
          "an election has 1 to " + MAX_SHARDS + " shards, not " + shards);
    }
  }

  /** Returns the sharding for an open election with this many votes a second at its peak. */
  public static Sharding forPeak(int votesPerSecond) {
    return forPeak(votesPerSecond, false);
  }

  /** Returns the sharding for an election with this many votes a second at its peak. */
  public static Sharding forPeak(int votesPerSecond, boolean isSecret) {
    int units = isSecret ? UNITS_PER_SECRET_VOTE : UNITS_PER_VOTE;
    double votes = largestMean((double) PARTITION_WRITES_PER_SECOND / units);
    return new Sharding(Math.max(1, (int) Math.ceil(votesPerSecond / votes)));
  }

  /** Returns the largest mean m with m + 6 sqrt(m) within the limit: arrivals are Poisson. */
  private static double largestMean(double limit) {
    double root = (-DEVIATIONS + Math.sqrt(DEVIATIONS * DEVIATIONS + 4 * limit)) / 2;
    return root * root;
  }

  /** Returns the shard of a voter's ballot, from 0. */
  public int shardOf(String election, String voter) {
    return Math.floorMod(hash(election, voter), shards);
  }

  /** Returns a number that depends on the election and the voter only, on every machine. */
  static int hash(String election, String voter) {
    byte[] digest = sha256().digest((election + "\n" + voter).getBytes(StandardCharsets.UTF_8));
    return (digest[0] & 0xff) << 24
        | (digest[1] & 0xff) << 16
        | (digest[2] & 0xff) << 8
        | (digest[3] & 0xff);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
