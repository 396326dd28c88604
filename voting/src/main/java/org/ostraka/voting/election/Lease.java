package org.ostraka.voting.election;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The right of one region to accept the votes of a shard. Immutable.
 *
 * @param epoch grows by one whenever another region gets the lease; it stands in every ballot
 * @param isSealed whether no vote of the shard is accepted any more
 * @param until when its term ends; empty for a lease without a term, which cannot be moved
 */
public record Lease(String region, long epoch, boolean isSealed, Optional<Instant> until) {
  public static final String REGION = "region";
  public static final String EPOCH = "epoch";
  public static final String SEALED = "sealed";
  public static final String UNTIL = "until";

  /** The condition that a lease is as it was read, and not sealed. */
  public static final String IS_HELD =
      "#region = :region AND #epoch = :epoch AND attribute_not_exists(#sealed)";

  /** Makes a lease under which votes are accepted. */
  public Lease(String region, long epoch) {
    this(region, epoch, false, Optional.empty());
  }

  /** Reads a lease from its row. */
  public static Lease of(Map<String, AttributeValue> row) {
    return new Lease(
        Attributes.text(row, REGION),
        Attributes.number(row, EPOCH),
        row.containsKey(SEALED),
        Optional.ofNullable(row.get(UNTIL))
            .map(end -> Instant.ofEpochMilli(Long.parseLong(end.n()))));
  }

  /** Returns region and epoch as attributes of a row. */
  public Map<String, AttributeValue> attributes() {
    return Map.of(REGION, Attributes.of(region), EPOCH, Attributes.of(epoch));
  }
}
