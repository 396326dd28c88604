package org.ostraka.engine.encryption;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.ostraka.storage.Space;

/** What the engine asks of the key service that has the keys which tables name. Any thread. */
public interface KeyAccess {
  /** No key service: every key is taken as given, and none is ever out of reach. */
  KeyAccess NONE =
      new KeyAccess() {
        @Override
        public Optional<KeyProblem> problem(String arn) {
          return Optional.empty();
        }

        @Override
        public Optional<Outage> outage(Space items) {
          return Optional.empty();
        }
      };

  /** Returns why a key cannot be used now; empty when it can. Asks the key service. */
  Optional<KeyProblem> problem(String arn);

  /**
   * Returns the outage of a table's key, as last seen; empty when the key can be used. Asks nobody.
   *
   * @param items the space of the table's items
   */
  Optional<Outage> outage(Space items);

  /**
   * The time in which the key of a table cannot be used.
   *
   * @param since when this was seen first
   * @param requestId the id of the request that showed it
   */
  record Outage(Instant since, KeyProblem problem, UUID requestId) {}
}
