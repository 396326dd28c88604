package org.ostraka.server;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
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

  private static final String ARCHIVE = "archive/";
  private static final String TABLE = "table/";

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
            new ScrubbedFiles(files, archive.map(each -> new ArchivedObjects(store, each)), clock),
            clock,
            time -> LockSupport.parkNanos(time.toNanos()));
    var _ = work.runJobs(scrubber::run, scrubber::stop, "scrubber");
    return scrubber::measures;
  }

  /** The objects of the archive, page by page, and then the table files. */
  private record ScrubbedFiles(TableFiles tables, Optional<ArchivedObjects> objects, Clock clock)
      implements Scrubber.Pieces {
    @Override
    public List<Scrubber.Piece> after(String place) {
      List<Scrubber.Piece> archived =
          place.compareTo(TABLE) < 0
              ? objects.map(all -> archived(all, place)).orElse(List.of())
              : List.of();
      return archived.isEmpty() ? tables(place) : archived;
    }

    private static List<Scrubber.Piece> archived(ArchivedObjects objects, String place) {
      String after = place.startsWith(ARCHIVE) ? place.substring(ARCHIVE.length()) : "";
      return objects.after(after).stream()
          .map(object ->
              new Scrubber.Piece(
                  ARCHIVE + object.name(), object.sizeBytes(), () -> objects.damage(object)))
          .toList();
    }

    private List<Scrubber.Piece> tables(String place) {
      return tables.unchangedSince(clock.instant().minus(SETTLED)).stream()
          .map(file ->
              new Scrubber.Piece(
                  TABLE + file.path().getFileName(), file.sizeBytes(), () -> tables.damage(file)))
          .filter(piece -> piece.place().compareTo(place) > 0)
          .sorted(Comparator.comparing(Scrubber.Piece::place))
          .toList();
    }

    @Override
    public boolean has(String place) {
      if (place.startsWith(ARCHIVE)) {
        String name = place.substring(ARCHIVE.length());
        return objects.filter(all -> all.isNamed(name)).isPresent();
      }
      return tables.unchangedSince(clock.instant().minus(SETTLED)).stream()
          .anyMatch(file -> place.equals(TABLE + file.path().getFileName()));
    }
  }
}
