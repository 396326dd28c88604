package org.ostraka.secret;

import java.util.Optional;

/** The keys of a key service that tables may name for themselves. Any thread. */
@FunctionalInterface
public interface TableKeys {
  /** No key service: the server's master key wraps the keys of all tables. */
  TableKeys NONE = _ -> Optional.empty();

  /**
   * Returns the key with this ARN; empty when no key service is asked. Finding a key asks nobody:
   * whether it can be used shows when it wraps and unwraps.
   */
  Optional<MasterKey> find(String arn);
}
