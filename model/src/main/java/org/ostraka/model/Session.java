package org.ostraka.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What temporary credentials say beside who has them. Immutable.
 *
 * @param issued when they were issued; absent when the caller has no temporary credentials
 * @param tags the session's tags
 * @param policies the texts of policies that limit the session; none when there are none
 */
public record Session(Optional<Instant> issued, Tags tags, List<String> policies) {
  /** No session: the caller signs with a lasting key. */
  public static final Session NONE = new Session(Optional.empty(), Tags.NONE, List.of());

  public Session {
    policies = List.copyOf(policies);
  }
}
