package org.ostraka.server.http;

import io.helidon.config.Config;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.webserver.http1.Http1Config;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a web server of Helidon needs besides its settings. All of it is empty, and our own: Helidon
 * makes converters and services even for what is empty, and loads some 400 classes for them. None
 * of them searches the class path for services, which takes a tenth of a second. Immutable.
 */
record HelidonParts(
    Config config, ServiceRegistry registry, ContentEncodingContext encodings, MediaContext media) {

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

  /**
   * Makes settings of Helidon's. That searches for services with the context class loader of the
   * thread, even if it is to use none, and a search opens every jar: meanwhile the loader finds
   * none. It must not make threads, which would keep that loader.
   */
  static <T> T withoutSearch(Supplier<T> maker) {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      return maker.get();
    } finally {
      thread.setContextClassLoader(usual);
    }
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
    return new HelidonParts(new NoConfig(), new NoServices(), new NoEncodings(), new NoMedia());
  }
}
