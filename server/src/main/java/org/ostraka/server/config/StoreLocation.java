package org.ostraka.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ostraka.storage.postgresql.PostgresSettings;
import org.ostraka.storage.postgresql.StandbySettings;

/** Where the data is. Immutable. */
public sealed interface StoreLocation {
  /** The memory of the process, until it ends. */
  record InMemory() implements StoreLocation {}

  /** A directory that no other process uses. */
  record InDirectory(Path path) implements StoreLocation {}

  /**
   * A PostgreSQL database, which other servers may use at the same time.
   *
   * @param standbys what answers eventually consistent reads; absent when the primary does
   * @param lease how long a server may be silent before another one ends its term
   */
  record InPostgres(PostgresSettings settings, Optional<StandbySettings> standbys, Duration lease)
      implements StoreLocation {
    /** A server that hangs delays changes of tables for this time. */
    public static final Duration DEFAULT_LEASE = Duration.ofSeconds(10);
  }

  /** Returns the directory, if the data is in one. */
  default Optional<Path> directory() {
    return this instanceof InDirectory(Path path) ? Optional.of(path) : Optional.empty();
  }
}
