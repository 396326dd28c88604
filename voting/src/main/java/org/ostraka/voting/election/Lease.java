package org.ostraka.voting.election;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The right of one region to accept the votes of a shard. Immutable.
 *
 * @param epoch grows by one whenever another region gets the lease; it stands in every ballot
 * @param isSealed whether no vote of the shard is accepted any more
 */
public record Lease(String region, long epoch, boolean isSealed) {
  public static final String REGION = "region";
  public static final String EPOCH = "epoch";
  public static final String SEALED = "sealed";

  /** Makes a lease under which votes are accepted. */
  public Lease(String region, long epoch) {
    this(region, epoch, false);
  }

  /** Reads a lease from its row. */
  public static Lease of(Map<String, AttributeValue> row) {
    return new Lease(
        Attributes.text(row, REGION), Attributes.number(row, EPOCH), row.containsKey(SEALED));
  }

  /** Returns region and epoch as attributes of a row. */
  public Map<String, AttributeValue> attributes() {
    return Map.of(REGION, Attributes.of(region), EPOCH, Attributes.of(epoch));
  }
}
