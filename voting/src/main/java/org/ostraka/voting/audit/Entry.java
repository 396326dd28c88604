package org.ostraka.voting.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.ostraka.voting.election.Keys;

/**
 * One record of the audit log. Immutable.
 *
 * @param kind what happened
 * @param voter empty for a seal; the number of the ballot for one of a secret election
 * @param candidate as the ballot has it; empty for a seal, a removal and a voter of a secret
 *     election
 * @param cast when the vote was cast, as the ballot says
 * @param epoch of the ballot's lease
 */
public record Entry(Kind kind, String voter, String candidate, String cast, String epoch) {
  private static final int FIELDS = 5;

  /** What happened in a shard. */
  public enum Kind {
    /** A ballot was written. */
    CAST,
    /** A voter of a secret election has voted; the ballot is another entry, in any log. */
    VOTED,
    /** The shard accepts no votes any more. */
    SEALED,
    /** A ballot was overwritten, which no part of the voting system does. */
    CHANGED,
    /**
     * A ballot of a region that was lost gave way to a later one of the same voter, cast after the
     * voter's shard was moved. The entry is that of the earlier ballot.
     */
    SUPERSEDED,
    /** A ballot was removed, which no part of the voting system does. */
    REMOVED,
    /**
     * A row was written that is no ballot of the election: it is passed over and counts for nobody.
     */
    FORGED
  }

  /** Returns the entry as it stands in the log. */
  public String text() {
    return Fields.join(List.of(kind.name(), voter, candidate, cast, epoch));
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Entry of(String text) {
    List<String> fields = Fields.split(text);
    if (fields.size() != FIELDS) {
      throw new IllegalArgumentException("an entry has " + FIELDS + " fields");
    }
    return new Entry(
        Kind.valueOf(fields.get(0)), fields.get(1), fields.get(2), fields.get(3), fields.get(4));
  }

  /** Returns the hash of the leaf that the entry is in the Merkle tree. */
  public Hash leaf() {
    return Hash.ofLeaf(text().getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the minute in which the vote was cast; that of 1970 when the entry does not say it. */
  public Instant minute() {
    try {
      return Instant.parse(cast).truncatedTo(ChronoUnit.MINUTES);
    } catch (DateTimeParseException malformed) {
      return Instant.EPOCH;
    }
  }

  /** Returns the entry of another kind about the same ballot. */
  public Entry ofKind(Kind other) {
    return new Entry(other, voter, candidate, cast, epoch);
  }

  /**
   * Returns the sort key of the row that the entry is about.
   *
   * @param isSecret whether the election is secret
   */
  public String sortKey(boolean isSecret) {
    return (isSecret && kind == Kind.CAST ? Keys.SECRET : Keys.VOTER) + voter;
  }

  /** Returns whether the entry adds a vote to the count or takes one back. */
  public boolean isVote() {
    return kind == Kind.CAST || kind == Kind.SUPERSEDED;
  }
}
