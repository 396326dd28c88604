package org.ostraka.voting.ballot;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.receipt.Receipt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The vote of one voter as it is stored. Immutable. */
public record Ballot(String voter, String candidate, Instant cast, Lease lease) {
  public static final String CANDIDATE = "candidate";
  public static final String CAST = "cast";

  /** Reads a ballot from its row. */
  public static Ballot of(String voter, Map<String, AttributeValue> row) {
    return new Ballot(
        voter,
        Attributes.text(row, CANDIDATE),
        Instant.parse(Attributes.text(row, CAST)),
        Lease.of(row));
  }

  Map<String, AttributeValue> row(Election election) {
    Map<String, AttributeValue> row = new HashMap<>(Keys.ballot(election, voter));
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
