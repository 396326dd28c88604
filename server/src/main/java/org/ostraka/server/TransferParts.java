package org.ostraka.server;

import java.time.Clock;
import java.util.Optional;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;
import org.ostraka.transfer.Exporter;
import org.ostraka.transfer.bucket.Buckets;
import org.ostraka.transfer.bucket.DirectoryBuckets;

/** What carries out exports and imports. Immutable. */
record TransferParts(Exporter exporter) {

  /** Opens the buckets, if there are any and an archive to export from. */
  static Optional<TransferParts> open(
      ServerSettings settings,
      Store store,
      Catalogue catalogue,
      Optional<Archive> archive,
      Clock clock) {
    Optional<Buckets> buckets = settings.buckets().map(DirectoryBuckets::new);
    if (buckets.isEmpty() || archive.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TransferParts(
            new Exporter(
                store,
                archive.get(),
                catalogue,
                buckets.get(),
                clock,
                Exporter.Sizes.forHeap(Runtime.getRuntime().maxMemory()))));
  }
}
