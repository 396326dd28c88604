package org.ostraka.server.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.model.Region;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.auth.RootKey;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedOrigins;

/**
 * The settings that an operator chooses for the process. Immutable.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for a free one
 * @param allowedHosts the hosts that requests may name
 * @param allowedOrigins the origins whose web pages may send requests
 * @param store where the data is
 * @param acceptsLostWrites whether to start when data on disk is damaged or missing
 * @param blockCacheBytes memory for RocksDB's cache of blocks
 * @param regions the served regions; empty to serve every region that a request names
 * @param accounts maps access keys to accounts
 * @param principals who may sign requests
 * @param transactionConflictRate the share of transactions, and of writes to their items, that meet
 *     an injected conflict, 0 to 1
 * @param deliveries who gets the changes of tables
 * @param protection how the server protects itself on a network
 * @param encryption how data is encrypted at rest
 * @param archive where backups are; empty to keep them where the data is in memory, and to make
 *     none where it is in a database
 * @param buckets where the buckets are that tables are exported to; empty to have none
 * @param admin where metrics and the server's health are told; empty for nowhere
 * @param scrub how files are read again to find damage
 */
public record ServerSettings(
    InetAddress host,
    int port,
    AllowedHosts allowedHosts,
    AllowedOrigins allowedOrigins,
    StoreLocation store,
    boolean acceptsLostWrites,
    long blockCacheBytes,
    Set<Region> regions,
    Accounts accounts,
    PrincipalSettings principals,
    double transactionConflictRate,
    DeliveryTargets deliveries,
    Protection protection,
    Encryption encryption,
    EngineSettings engine,
    Optional<ArchivePlace> archive,
    Optional<BucketPlace> buckets,
    Optional<AdminAddress> admin,
    ScrubSettings scrub) {
  /** A block cache that fits a process of 1 GiB. */
  public static final long DEFAULT_BLOCK_CACHE_BYTES = 128L << 20;

  /** The name of the directory of backups within that of the data. */
  public static final String ARCHIVE = "archive";

  /** The name of the directory of buckets within that of the data. */
  public static final String BUCKETS = "buckets";

  /** Makes settings of a server that does not read its files again. */
  public ServerSettings(
      InetAddress host,
      int port,
      AllowedHosts allowedHosts,
      AllowedOrigins allowedOrigins,
      StoreLocation store,
      boolean acceptsLostWrites,
      long blockCacheBytes,
      Set<Region> regions,
      Accounts accounts,
      PrincipalSettings principals,
      double transactionConflictRate,
      DeliveryTargets deliveries,
      Protection protection,
      Encryption encryption,
      EngineSettings engine,
      Optional<Path> archive,
      Optional<BucketPlace> buckets,
      Optional<AdminAddress> admin) {
    this(
        host,
        port,
        allowedHosts,
        allowedOrigins,
        store,
        acceptsLostWrites,
        blockCacheBytes,
        regions,
        accounts,
        principals,
        transactionConflictRate,
        deliveries,
        protection,
        encryption,
        engine,
        archive.map(ArchivePlace.InDirectory::new),
        buckets,
        admin,
        ScrubSettings.NEVER);
  }

  /** Makes settings without an admin listener. */
  public ServerSettings(
      InetAddress host,
      int port,
      AllowedHosts allowedHosts,
      AllowedOrigins allowedOrigins,
      StoreLocation store,
      boolean acceptsLostWrites,
      long blockCacheBytes,
      Set<Region> regions,
      Accounts accounts,
      PrincipalSettings principals,
      double transactionConflictRate,
      DeliveryTargets deliveries,
      Protection protection,
      Encryption encryption,
      EngineSettings engine,
      Optional<Path> archive,
      Optional<BucketPlace> buckets) {
    this(
        host,
        port,
        allowedHosts,
        allowedOrigins,
        store,
        acceptsLostWrites,
        blockCacheBytes,
        regions,
        accounts,
        principals,
        transactionConflictRate,
        deliveries,
        protection,
        encryption,
        engine,
        archive,
        buckets,
        Optional.empty());
  }

  /** Makes settings without buckets and without an admin listener. */
  public ServerSettings(
      InetAddress host,
      int port,
      AllowedHosts allowedHosts,
      AllowedOrigins allowedOrigins,
      StoreLocation store,
      boolean acceptsLostWrites,
      long blockCacheBytes,
      Set<Region> regions,
      Accounts accounts,
      PrincipalSettings principals,
      double transactionConflictRate,
      DeliveryTargets deliveries,
      Protection protection,
      Encryption encryption,
      EngineSettings engine,
      Optional<Path> archive) {
    this(
        host,
        port,
        allowedHosts,
        allowedOrigins,
        store,
        acceptsLostWrites,
        blockCacheBytes,
        regions,
        accounts,
        principals,
        transactionConflictRate,
        deliveries,
        protection,
        encryption,
        engine,
        archive,
        Optional.empty());
  }

  /** Returns the place of buckets unless the operator chooses one. */
  public static Optional<BucketPlace> buckets(StoreLocation store) {
    return store.directory().map(path -> new BucketPlace.InDirectory(path.resolve(BUCKETS)));
  }

  /** Returns the directory of backups unless the operator chooses one. */
  public static Optional<Path> archive(StoreLocation store) {
    // Several servers over PostgreSQL have none: a directory of one of them would not have what
    // another one has archived.
    return store.directory().map(path -> path.resolve(ARCHIVE));
  }

  public ServerSettings {
    regions = Set.copyOf(regions);
    // NaN is not in the range either.
    if (!(transactionConflictRate >= 0 && transactionConflictRate <= 1)) {
      throw new IllegalArgumentException("a rate of conflicts is 0 to 1");
    }
  }

  /** Returns the root key that the operator has chosen. */
  public Optional<RootKey> rootKey() {
    return principals.rootKey();
  }
}
