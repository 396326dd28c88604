package org.ostraka.identity.directory;

import java.util.Optional;
import org.ostraka.model.Tags;

/** An identity that can make requests: a user or a role. Immutable. */
public sealed interface Actor extends Identity permits Role, User {
  /** Returns the ARN of the policy that limits what the identity may do; empty if none does. */
  Optional<String> boundary();

  Tags tags();

  @Override
  Actor with(PolicySet policies);

  /** Returns the same identity with another boundary, or with none. */
  Actor withBoundary(Optional<String> policyArn);

  /** Returns the same identity with other tags. */
  Actor withTags(Tags tags);
}
