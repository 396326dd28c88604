package org.ostraka.server;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.ostraka.engine.backup.Archiver;
import org.ostraka.engine.backup.Restorations;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.secret.MasterKey;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.DirectoryArchive;
import org.ostraka.storage.archive.MemoryArchive;
import org.ostraka.storage.encryption.SealedArchive;

/**
 * The archive, and what fills it and restores from it. Immutable.
 *
 * @param renewal wraps the archive's key again; absent when nothing is encrypted
 */
record ArchiveParts(Archiver archiver, Restorations restorations, Optional<Runnable> renewal) {
  /**
   * Opens the archive.
   *
   * @param encrypts whether the data is encrypted: then the archive is as well
   */
  static ArchiveParts open(
      ServerSettings settings,
      Store store,
      Catalogue catalogue,
      MasterKey master,
      boolean encrypts,
      Clock clock) {
    Archive plain =
        settings.archive().<Archive>map(DirectoryArchive::open).orElseGet(MemoryArchive::new);
    Optional<SealedArchive> sealed =
        encrypts ? Optional.of(new SealedArchive(plain, master)) : Optional.empty();
    Archive archive = sealed.<Archive>map(each -> each).orElse(plain);
    return new ArchiveParts(
        new Archiver(
            store, archive, catalogue, clock, UUID::randomUUID, settings.engine().streams()),
        new Restorations(store, archive, catalogue, clock, settings.engine()),
        sealed.map(each -> each::wrapAgain));
  }
}
