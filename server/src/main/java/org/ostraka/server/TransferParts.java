package org.ostraka.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.transfer.TransferAccess;
import org.ostraka.server.config.BucketPlace;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;
import org.ostraka.transfer.BulkWriter;
import org.ostraka.transfer.Exporter;
import org.ostraka.transfer.ImportErrors;
import org.ostraka.transfer.Importer;
import org.ostraka.transfer.bucket.Buckets;
import org.ostraka.transfer.bucket.DirectoryBuckets;
import org.ostraka.transfer.bucket.ErrorFiles;
import org.ostraka.transfer.s3.S3Buckets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What carries out exports, imports and bulk operations. Immutable. */
record TransferParts(Exporter exporter, Importer importer, BulkWriter bulk, Buckets buckets) {
  private static final Logger LOG = LoggerFactory.getLogger(TransferParts.class);

  /** The threads that write imported items, while another one reads them. */
  private static final int IMPORT_WRITERS = 2;

  /** The directory of imports' errors, beside the buckets; no bucket's name begins with a dot. */
  private static final String LOGS = ".logs";

  /**
   * Opens the buckets, if there are any and an archive to export from.
   *
   * @param writers makes so many threads, which write items
   */
  static Optional<TransferParts> open(
      ServerSettings settings,
      Store store,
      Catalogue catalogue,
      Optional<Archive> archive,
      Clock clock,
      IntFunction<ExecutorService> writers) {
    if (settings.buckets().isEmpty() || archive.isEmpty()) {
      return Optional.empty();
    }
    Buckets buckets = open(settings.buckets().get());
    return Optional.of(
        new TransferParts(
            new Exporter(
                store,
                archive.get(),
                catalogue,
                buckets,
                clock,
                Exporter.Sizes.forHeap(Runtime.getRuntime().maxMemory())),
            new Importer(
                store,
                catalogue,
                buckets,
                errors(settings),
                clock,
                settings.engine(),
                writers.apply(IMPORT_WRITERS)),
            new BulkWriter(
                store,
                catalogue,
                buckets,
                clock,
                time -> LockSupport.parkNanos(time.toNanos()),
                writers.apply(BulkWriter.MAX_RUNNING)),
            buckets));
  }

  private static Buckets open(BucketPlace place) {
    // The usual case comes without a class that the switch makes (decision 9).
    if (place instanceof BucketPlace.InDirectory(Path root)) {
      return new DirectoryBuckets(root);
    }
    return switch (place) {
      case BucketPlace.InDirectory(Path root) -> new DirectoryBuckets(root);
      case BucketPlace.InS3(URI endpoint, String region) -> S3Buckets.at(endpoint, region);
    };
  }

  /** Starts work in the background. */
  @FunctionalInterface
  interface Starting {
    /** Runs work again and again, and at once when the returned object is run. */
    Runnable start(Runnable work, Runnable stop, String thread);
  }

  /** Starts what carries out exports and imports. */
  TransferAccess start(Starting starting) {
    Runnable exporting = start(starting, exporter::run, exporter::stop, "exporter");
    Runnable importing = start(starting, importer::run, importer::stop, "importer");
    Runnable putting = start(starting, this.bulk::run, this.bulk::stop, "bulk-writer");
    return new TransferAccess(
        true,
        () -> {
          exporting.run();
          importing.run();
          putting.run();
        });
  }

  private Runnable start(Starting starting, Runnable work, Runnable stop, String thread) {
    return starting.start(
        work,
        () -> {
          stop.run();
          buckets.stop();
        },
        thread);
  }

  /** Returns where the errors of imports go; without any directory they go to the log. */
  private static ImportErrors errors(ServerSettings settings) {
    Optional<BucketPlace> place =
        settings
            .buckets()
            .filter(BucketPlace.InDirectory.class::isInstance)
            .or(() -> ServerSettings.buckets(settings.store()));
    if (place.isPresent() && place.get() instanceof BucketPlace.InDirectory(Path root)) {
      return new ErrorFiles(root.resolve(LOGS))::write;
    }
    return (importId, _, lines) ->
        new String(lines.array(), StandardCharsets.UTF_8)
            .lines()
            .forEach(line -> LOG.warn("import {}: {}", importId, line));
  }
}
