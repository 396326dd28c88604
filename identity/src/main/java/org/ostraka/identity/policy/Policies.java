package org.ostraka.identity.policy;

import java.util.List;
import java.util.Optional;

/**
 * The policies that decide about a request. Immutable.
 *
 * @param identity those of the user and its groups, or of the role
 * @param boundary the permissions boundary of the user or role
 * @param session those that were given when the session began; none limit it when there are none
 * @param resource the policy of the resource
 */
public record Policies(
    List<AttachedPolicy> identity,
    Optional<AttachedPolicy> boundary,
    List<AttachedPolicy> session,
    Optional<AttachedPolicy> resource) {
  /** No policies. */
  public static final Policies NONE =
      new Policies(List.of(), Optional.empty(), List.of(), Optional.empty());

  public Policies {
    identity = List.copyOf(identity);
    session = List.copyOf(session);
  }

  /** Returns the same policies with this one of the resource. */
  public Policies withResource(Optional<AttachedPolicy> policy) {
    return new Policies(identity, boundary, session, policy);
  }

  List<AttachedPolicy> of(PolicyKind kind) {
    return switch (kind) {
      case IDENTITY -> identity;
      case BOUNDARY -> boundary.stream().toList();
      case SESSION -> session;
      case RESOURCE -> resource.stream().toList();
    };
  }
}
