package org.ostraka.benchmarks.load;

import java.util.Map;
import java.util.Optional;

/**
 * The access key that signs the requests of a load run. Immutable.
 *
 * @param id the id, which requests show
 * @param secret the secret, which they do not show
 */
record LoadKey(String id, String secret) {
  /** The key in the environment: the one that the servers under load get as their root key. */
  static final Optional<LoadKey> OF_ENVIRONMENT = in(System.getenv());

  private static Optional<LoadKey> in(Map<String, String> environment) {
    String id = environment.get("OSTRAKA_ROOT_ACCESS_KEY_ID");
    String secret = environment.get("OSTRAKA_ROOT_SECRET_ACCESS_KEY");
    return id == null || secret == null ? Optional.empty() : Optional.of(new LoadKey(id, secret));
  }
}
