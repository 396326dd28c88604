package org.ostraka.voting.ballot;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.receipt.Receipt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The vote of one voter as it is stored. Immutable. */
record Ballot(String voter, String candidate, Instant cast, Lease lease) {
  private static final String CANDIDATE = "candidate";
  private static final String CAST = "cast";

  static Ballot of(String voter, Map<String, AttributeValue> row) {
    return new Ballot(
        voter,
        attribute(row, CANDIDATE).s(),
        Instant.parse(attribute(row, CAST).s()),
        Lease.of(row));
  }

  Map<String, AttributeValue> row(Election election) {
    Map<String, AttributeValue> row = new HashMap<>(Keys.ballot(election, voter));
    row.putAll(lease.attributes());
    row.put(CANDIDATE, AttributeValue.fromS(candidate));
    row.put(CAST, AttributeValue.fromS(cast.toString()));
    return row;
  }

  Receipt receipt(Election election) {
    return new Receipt(election.id(), voter, candidate, cast, lease.region(), lease.epoch());
  }

  private static AttributeValue attribute(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(row.get(name))
        .orElseThrow(() -> new IllegalStateException("a ballot without " + name));
  }
}
