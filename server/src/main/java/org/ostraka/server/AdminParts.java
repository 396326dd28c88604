package org.ostraka.server;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ostraka.server.admin.AdminEndpoint;
import org.ostraka.server.admin.HotKeyReport;
import org.ostraka.server.admin.Metrics;
import org.ostraka.server.admin.ProcessFamilies;
import org.ostraka.server.config.AdminAddress;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedOrigins;
import org.ostraka.server.http.HttpLimits;
import org.ostraka.server.http.HttpServer;
import org.ostraka.server.http.HttpSettings;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.work.HeavyWork;
import org.ostraka.storage.Measure;
import org.ostraka.storage.Store;

/**
 * Starts the admin listener, for those who watch the server (decision 53).
 *
 * @param scrubbing tells what was found when files were read again
 */
record AdminParts(
    Store store,
    Supplier<List<Measure>> scrubbing,
    MetricSources sources,
    StoreHealth health,
    HeavyWork heavy,
    Parts parts) {

  /** Listens, if the settings say where; returns the listener. */
  Optional<HttpServer> listen(ServerSettings settings, HttpServer api) {
    return settings.admin().map(address -> listen(settings, address, api));
  }

  private List<Measure> measures() {
    return Stream.concat(store.measures().stream(), scrubbing.get().stream()).toList();
  }

  private HttpServer listen(ServerSettings settings, AdminAddress address, HttpServer api) {
    Metrics metrics =
        new Metrics(
            sources::tables,
            sources.errors(),
            new ProcessFamilies(this::measures, api::connections, sources.replication()),
            sources.clock());
    HttpSettings http =
        new HttpSettings(
            address.host(),
            address.port(),
            hosts(address),
            AllowedOrigins.LOCALHOST,
            settings.protection().networks(),
            HttpLimits.DEFAULT,
            new FailureLimits(System::nanoTime, new SplittableRandom().nextLong()),
            Optional.empty());
    return parts.add(
        HttpServer.start(
            http,
            new AdminEndpoint(
                metrics, new HotKeyReport(sources::tables, System::nanoTime), health::isReachable),
            new SplittableRandom(),
            System::nanoTime,
            Thread.ofPlatform().daemon().name("admin-timeouts").factory(),
            heavy));
  }

  /**
   * Returns the names by which the listener may be asked. A page in a browser on the same machine
   * could otherwise have a name of its own stand for the loopback address, and read keys.
   */
  private static AllowedHosts hosts(AdminAddress address) {
    return address.host().isLoopbackAddress()
        ? AllowedHosts.LOOPBACK
        : new AllowedHosts(Set.of(AllowedHosts.ANY), true);
  }
}
