package org.ostraka.engine.catalogue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The resource-based policies of a table and of its streams, each with its own revisions.
 * Immutable.
 *
 * @param ofTable absent when the table never had one
 * @param ofStreams those of streams that have or had one, by the streams' labels
 */
public record ResourcePolicies(
    Optional<ResourcePolicy> ofTable, Map<String, ResourcePolicy> ofStreams) {
  /** No policies. */
  public static final ResourcePolicies NONE = new ResourcePolicies(Optional.empty(), Map.of());

  public ResourcePolicies {
    ofStreams = Map.copyOf(ofStreams);
  }

  /**
   * Returns the policy of the table or of one of its streams.
   *
   * @param stream the stream's label; absent for the table
   */
  public Optional<ResourcePolicy> of(Optional<String> stream) {
    return stream.isEmpty() ? ofTable : stream.map(ofStreams::get);
  }

  /** Returns the policies with another one of the table or of one of its streams. */
  public ResourcePolicies with(Optional<String> stream, ResourcePolicy policy) {
    if (stream.isEmpty()) {
      return new ResourcePolicies(Optional.of(policy), ofStreams);
    }
    Map<String, ResourcePolicy> streams = new HashMap<>(ofStreams);
    streams.put(stream.get(), policy);
    return new ResourcePolicies(ofTable, streams);
  }
}
