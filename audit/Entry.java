package org.ostraka.voting.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One record of the audit log. Immutable.
 *
 * @param kind what happened
 * @param voter empty for a seal
 * @param candidate as the ballot has it afterwards; empty for a seal and a removal
 * @param cast when the vote was cast, as the ballot says
 * @param epoch of the ballot's lease
 */
public record Entry(Kind kind, String voter, String candidate, String cast, String epoch) {
  private static final int FIELDS = 5;

  /** What happened in a shard. */
  public enum Kind {
    /** A ballot was written. */
    CAST,
    /** The shard accepts no votes any more. */
    SEALED,
    /** A ballot was overwritten, which no part of the voting system does. */
    CHANGED,
    /** A ballot was removed, which no part of the voting system does. */
    REMOVED
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
}
