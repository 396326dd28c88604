package org.ostraka.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.ostraka.identity.signature.Secret;

/** Where the master key is. Immutable. */
public sealed interface MasterKeyLocation {
  /** The name of the file in a data directory that has the master key if nothing else is said. */
  String FILE_NAME = "master.key";

  /** A file that an operator made. */
  record InFile(Path path) implements MasterKeyLocation {}

  /** A file in the data directory, which is made when it is needed. */
  record InDirectory(Path data) implements MasterKeyLocation {
    /** Returns the file. */
    public Path path() {
      return data.resolve(FILE_NAME);
    }
  }

  /** Nowhere: several servers share the data, and no place that all of them know was named. */
  record Unnamed() implements MasterKeyLocation {}

  /** The memory of the process: what it protects is in memory too. */
  record InMemory() implements MasterKeyLocation {}

  /**
   * AWS KMS, or a service that speaks its API.
   *
   * @param keyId the id, ARN or alias of the key
   */
  record InKms(
      URI endpoint,
      String keyId,
      String region,
      String accessKeyId,
      Secret secret,
      Optional<Secret> token)
      implements MasterKeyLocation {}

  /**
   * The transit engine of Vault.
   *
   * @param mount where the engine is mounted
   * @param key the key's name
   */
  record InVault(URI address, String mount, String key, Secret token)
      implements MasterKeyLocation {}
}
