package org.ostraka.server.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.ostraka.engine.EngineSettings;
import org.ostraka.model.Region;
import org.ostraka.server.auth.Accounts;

/**
 * What an operator may choose about the process. Immutable.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for any that is free
 * @param data the directory for the data; absent to keep everything in memory, until the process
 *     ends
 * @param acceptsLostWrites whether to go on with what there is when data on disk is damaged or
 *     missing
 * @param blockCacheBytes memory for blocks of what is on disk
 * @param regions the regions that are served; empty for every region that a request names
 * @param accounts which account an access key belongs to
 */
public record ServerSettings(
    InetAddress host,
    int port,
    Optional<Path> data,
    boolean acceptsLostWrites,
    long blockCacheBytes,
    Set<Region> regions,
    Accounts accounts,
    EngineSettings engine) {
  /** A block cache that fits a process of 1 GiB. */
  public static final long DEFAULT_BLOCK_CACHE_BYTES = 128L << 20;

  public ServerSettings {
    regions = Set.copyOf(regions);
  }
}
