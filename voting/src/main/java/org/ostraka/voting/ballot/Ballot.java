package org.ostraka.voting.ballot;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.receipt.Receipt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The vote of one voter as it is stored. Immutable.
 *
 * @param voter who voted; in a secret election the number of the ballot
 */
public record Ballot(String voter, String candidate, Instant cast, Lease lease) {
  public static final String CANDIDATE = "candidate";
  public static final String CAST = "cast";

  private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{32}");

  /** Reads a ballot from its row. */
  public static Ballot of(String voter, Map<String, AttributeValue> row) {
    return new Ballot(
        voter,
        Attributes.text(row, CANDIDATE),
        Instant.parse(Attributes.text(row, CAST)),
        Lease.of(row));
  }

  /** Returns whether a text can be the number of a ballot of a secret election: 128 random bits. */
  public static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /** Returns the shard of the ballot that a receipt is for. */
  public static int shard(Election election, Receipt receipt) {
    return election.isSecret()
        ? election.boxOf(receipt.voter(), receipt.region())
        : election.shardOf(receipt.voter());
  }

  /** Returns the key of the ballot that a receipt is for. */
  public static Map<String, AttributeValue> key(Election election, Receipt receipt) {
    return election.isSecret()
        ? Keys.secretBallot(election, receipt.voter(), receipt.region())
        : Keys.ballot(election, receipt.voter());
  }

  /**
   * Returns whether a row is a ballot that another region accepted under a later lease than that of
   * a receipt; false for a row that cannot be read.
   */
  static boolean isLater(Map<String, AttributeValue> row, Receipt than) {
    try {
      Lease lease = Lease.of(row);
      return lease.epoch() > than.epoch() && !lease.region().equals(than.region());
    } catch (IllegalStateException | NumberFormatException damaged) {
      return false;
    }
  }

  Map<String, AttributeValue> row(Election election) {
    Map<String, AttributeValue> row = new HashMap<>(key(election, receipt(election)));
    row.putAll(lease.attributes());
    row.put(CANDIDATE, Attributes.of(candidate));
    row.put(CAST, Attributes.of(cast.toString()));
    return row;
  }

  /** Returns what the voter's receipt says. */
  public Receipt receipt(Election election) {
    return new Receipt(election.id(), voter, candidate, cast, lease.region(), lease.epoch());
  }
}
