package org.ostraka.server.config;

import java.time.Duration;

/**
 * How data is encrypted at rest. Immutable.
 *
 * @param begins whether an empty store becomes encrypted; one that is encrypted stays so
 * @param keyLifetime how old a data key gets before a new one encrypts
 * @param masterKey where the key is that wraps all others
 */
public record Encryption(boolean begins, Duration keyLifetime, MasterKeyLocation masterKey) {
  /** How old a data key gets unless an operator says so: a year, as in AWS KMS. */
  public static final Duration KEY_LIFETIME = Duration.ofDays(365);

  /** No encryption, and a master key that ends with the process. */
  public static final Encryption NONE =
      new Encryption(false, KEY_LIFETIME, new MasterKeyLocation.InMemory());
}
