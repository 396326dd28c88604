package org.ostraka.server;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.ostraka.engine.backup.ArchivedObjects;
import org.ostraka.server.config.ScrubSettings;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.storage.Measure;
import org.ostraka.storage.Store;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.rocksdb.TableFiles;

/** What the server reads again to find damage. Stateless. */
final class ScrubParts {
  /** The file in the data directory that has how far the reading has come. */
  static final String STATE = "ostraka.scrub";

  /** A table file that was changed in this time may not be complete yet. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  private ScrubParts() {}

  /**
   * Starts to read the files of a data directory and its archive again and again. The objects of a
   * database's archive are not read: its servers share no place to note how far they are.
   *
   * @return tells what was found; nothing when nothing is read
   */
  static Supplier<List<Measure>> start(
      ServerSettings settings,
      Store store,
      Optional<Archive> archive,
      Clock clock,
      BackgroundWork work) {
    ScrubSettings scrub = settings.scrub();
    Optional<Path> directory = settings.store().directory();
    if (scrub.period().isZero() || directory.isEmpty()) {
      return List::of;
    }
    TableFiles files = new TableFiles(directory.get());
    Scrubber scrubber =
        new Scrubber(
            scrub,
            directory.get().resolve(STATE),
            () -> pieces(files, archive.map(each -> new ArchivedObjects(store, each)), clock),
            clock,
            time -> LockSupport.parkNanos(time.toNanos()));
    var _ = work.runJobs(scrubber::run, scrubber::stop, "scrubber");
    return scrubber::measures;
  }

  private static List<Scrubber.Piece> pieces(
      TableFiles files, Optional<ArchivedObjects> objects, Clock clock) {
    List<Scrubber.Piece> pieces = new ArrayList<>();
    for (TableFiles.TableFile file : files.unchangedSince(clock.instant().minus(SETTLED))) {
      pieces.add(
          new Scrubber.Piece(
              "table/" + file.path().getFileName(), file.sizeBytes(), () -> files.damage(file)));
    }
    if (objects.isPresent()) {
      for (ArchivedObjects.ArchivedObject object : objects.get().all()) {
        pieces.add(
            new Scrubber.Piece(
                "archive/" + object.name(),
                object.sizeBytes(),
                () -> objects.get().damage(object)));
      }
    }
    return pieces;
  }
}
