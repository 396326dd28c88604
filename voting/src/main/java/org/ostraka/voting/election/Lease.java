package org.ostraka.voting.election;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The right of one region to accept the votes of a shard. Immutable.
 *
 * @param epoch grows by one whenever another region gets the lease; it stands in every ballot
 */
public record Lease(String region, long epoch) {
  public static final String REGION = "region";
  public static final String EPOCH = "epoch";

  /** Reads a lease from its row. */
  public static Lease of(Map<String, AttributeValue> row) {
    return new Lease(
        Elections.attribute(row, REGION).s(), Long.parseLong(Elections.attribute(row, EPOCH).n()));
  }

  /** Returns the lease as attributes of a row. */
  public Map<String, AttributeValue> attributes() {
    return Map.of(
        REGION, AttributeValue.fromS(region), EPOCH, AttributeValue.fromN(Long.toString(epoch)));
  }
}
