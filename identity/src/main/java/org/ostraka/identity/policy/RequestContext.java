package org.ostraka.identity.policy;

import java.util.List;
import java.util.Optional;

/** The condition keys of a request and their values. Any thread. */
@FunctionalInterface
public interface RequestContext {
  /** A request of which nothing is known. */
  RequestContext EMPTY = key -> Optional.empty();

  /**
   * Returns the values of a key, whose letter case does not count; empty when the request does not
   * have it.
   */
  Optional<List<String>> values(String key);

  /** Returns a context that asks another one for the keys that this one does not have. */
  default RequestContext or(RequestContext next) {
    return key -> values(key).or(() -> next.values(key));
  }
}
