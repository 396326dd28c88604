package org.ostraka.server.http;

import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.http1.Http1Config;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a web server of Helidon needs besides its settings. None of them searches the class path for
 * services, which takes a tenth of a second. Immutable.
 *
 * @param registry a registry without services: nothing here is looked up by its type
 * @param encodings no encodings: bodies are inflated and answers compressed elsewhere
 * @param media no media types
 */
record HelidonParts(
    ServiceRegistry registry, ContentEncodingContext encodings, MediaContext media) {

  /**
   * Helidon refuses to deserialise objects. With this property it does not search every jar for
   * lists of classes that may be deserialised; none has such a list.
   */
  private static final String NO_FILTER_FILES = "helidon.serialFilter.ignoreFiles";

  /** What {@link #prepare} has begun to make. Helidon's global registry is one in a process too. */
  private static final AtomicReference<@Nullable CompletableFuture<HelidonParts>> PREPARED =
      new AtomicReference<>();

  /**
   * Begins to make the parts of the next server on another thread, and makes its registry the
   * global one.
   */
  static void prepare(Executor executor) {
    // SLF4J warns when two threads use it first.
    var _ = LoggerFactory.getILoggerFactory();
    PREPARED.set(CompletableFuture.supplyAsync(HelidonParts::makeGlobal, executor));
  }

  /** Returns the parts that were prepared, or makes some. */
  static HelidonParts get() {
    CompletableFuture<HelidonParts> prepared = PREPARED.getAndSet(null);
    return prepared == null ? make() : prepared.join();
  }

  private static HelidonParts makeGlobal() {
    if (System.getProperty(NO_FILTER_FILES) == null) {
      System.setProperty(NO_FILTER_FILES, "true");
    }
    HelidonParts parts = make();
    GlobalServiceRegistry.registry(parts.registry());
    // Needs BigDecimal, whose first use takes 15 ms: here that does not hold up the caller.
    var _ = Http1Config.builder();
    return parts;
  }

  private static HelidonParts make() {
    HelidonLogLevel.quieten();
    ServiceRegistryConfig without =
        ServiceRegistryConfig.builder()
            .discoverServices(false)
            .discoverServicesFromServiceLoader(false)
            .build();
    return new HelidonParts(
        ServiceRegistryManager.create(without).registry(),
        ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build(),
        MediaContext.builder().mediaSupportsDiscoverServices(false).build());
  }
}
