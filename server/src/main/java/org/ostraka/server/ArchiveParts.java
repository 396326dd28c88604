package org.ostraka.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.ostraka.engine.backup.Archiver;
import org.ostraka.engine.backup.Restorations;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.transfer.Exports;
import org.ostraka.secret.MasterKey;
import org.ostraka.server.config.ArchivePlace;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.DirectoryArchive;
import org.ostraka.storage.archive.MemoryArchive;
import org.ostraka.storage.encryption.SealedArchive;
import org.ostraka.transfer.bucket.BucketArchive;
import org.ostraka.transfer.s3.S3Buckets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What fills the archive and restores from it. Immutable.
 *
 * @param archive the archive, as it is read and written in the clear
 * @param renewal wraps the archive's key again; absent when nothing is encrypted
 */
record ArchiveParts(
    Archive archive, Archiver archiver, Restorations restorations, Optional<Runnable> renewal) {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveParts.class);

  /**
   * Opens the archive, if there is one.
   *
   * @param encrypts whether the data is encrypted: then the archive is as well
   */
  static Optional<ArchiveParts> open(
      ServerSettings settings,
      Store store,
      Catalogue catalogue,
      MasterKey master,
      boolean encrypts,
      Clock clock) {
    Optional<Archive> plain = plain(settings, clock);
    if (plain.isEmpty() && !catalogue.records(ArchiveParts::needsArchive).isEmpty()) {
      LOG.warn(
          "there are backups in progress, or tables that are recoverable to any point in time, and"
              + " no archive: name it with --archive");
    }
    return plain.map(archive ->
        of(
            archive,
            encrypts ? Optional.of(new SealedArchive(archive, master)) : Optional.empty(),
            settings,
            store,
            catalogue,
            clock));
  }

  /** Returns the archive as it is kept; empty for servers of a database that name none. */
  private static Optional<Archive> plain(ServerSettings settings, Clock clock) {
    if (settings.store() instanceof StoreLocation.InMemory) {
      return Optional.of(new MemoryArchive());
    }
    return settings.archive().map(place -> open(place, clock));
  }

  private static Archive open(ArchivePlace place, Clock clock) {
    // The usual case comes without a class that the switch makes (decision 9).
    if (place instanceof ArchivePlace.InDirectory(Path path)) {
      return DirectoryArchive.open(path, clock);
    }
    return switch (place) {
      case ArchivePlace.InDirectory(Path path) -> DirectoryArchive.open(path, clock);
      case ArchivePlace.InS3(URI endpoint, String region, String bucket, String prefix) ->
          new BucketArchive(S3Buckets.at(endpoint, region), bucket, prefix);
    };
  }

  private static boolean needsArchive(TableRecord record) {
    return record.recovery().pointInTime().isPresent()
        || record.recovery().restoration().isPresent()
        || !record.recovery().holds().isEmpty();
  }

  private static ArchiveParts of(
      Archive plain,
      Optional<SealedArchive> sealed,
      ServerSettings settings,
      Store store,
      Catalogue catalogue,
      Clock clock) {
    Archive archive = sealed.<Archive>map(each -> each).orElse(plain);
    return new ArchiveParts(
        archive,
        new Archiver(
            store,
            archive,
            catalogue,
            clock,
            UUID::randomUUID,
            settings.engine().streams(),
            new Exports(store)),
        new Restorations(store, archive, catalogue, clock, settings.engine()),
        sealed.map(each -> each::wrapAgain));
  }
}
