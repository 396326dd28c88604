package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the rows of a data directory: inspects its files first, so that RocksDB sees none that are
 * damaged. One thread.
 */
final class RocksOpening {
  private static final Logger LOG = LoggerFactory.getLogger(RocksOpening.class);

  private final DataDirectory directory;
  private final RocksFiles files;
  private final RocksSettings settings;
  private final VolumeThreads threads;

  RocksOpening(DataDirectory directory, RocksSettings settings, VolumeThreads threads) {
    this.directory = directory;
    this.files = new RocksFiles(directory.rocksdb());
    this.settings = settings;
    this.threads = threads;
  }

  /** Opens the rows to read and write; makes them first where there are none. */
  OpenRocks open(LostWrites loss) throws DataDirectoryException {
    try {
      Files.createDirectories(files.directory());
      directory.requireRowsIfMarked();
      Optional<DurableState> before = Optional.empty();
      long logBytes = 0;
      boolean trackingLogs = true;
      if (Files.exists(files.current())) {
        Found found = inspect();
        Inspection.Result result =
            found.damages().isEmpty() ? found.result() : accepted(found, loss);
        for (Inspection.Torn torn : result.torn()) {
          GivingUp.cut(torn.file(), torn.soundBytes());
        }
        before = found.witness();
        trackingLogs = found.damages().isEmpty();
        logBytes = result.logBytes();
      }
      Path path = files.directory();
      OpenRocks open =
          bounded(options -> RocksDB.open(options.options(), path + ""), trackingLogs, logBytes);
      return noted(open, before);
    } catch (IOException failure) {
      throw unopened(DataDirectory.describe(failure), failure);
    }
  }

  /** Opens the rows to look at; changes nothing on disk. */
  OpenRocks openReadOnly() throws DataDirectoryException {
    directory.requireRowsIfMarked();
    Found found = inspect();
    if (!found.damages().isEmpty()) {
      throw refused(found.damages());
    }
    long logBytes = found.result().logBytes();
    if (found.result().torn().isEmpty()) {
      return bounded(options -> readOnly(options, files.directory()), true, logBytes);
    }
    try {
      CutView view = CutView.of(files, found.result().torn());
      boolean opened = false;
      try {
        OpenRocks open = bounded(options -> readOnly(options, view.path()), true, logBytes);
        opened = true;
        return open.with(view);
      } finally {
        if (!opened) {
          view.close();
        }
      }
    } catch (IOException failure) {
      throw unopened(DataDirectory.describe(failure), failure);
    }
  }

  private static RocksDB readOnly(RocksOptions options, Path path) throws RocksDBException {
    return RocksDB.openReadOnly(options.readOnly(), path.toString());
  }

  /** What an inspection found, with what is wrong with the witness itself. */
  private record Found(
      Optional<DurableState> witness, List<Damage> damages, Inspection.Result result) {}

  private Found inspect() throws DataDirectoryException {
    Path path = directory.witness();
    Optional<DurableState> witness = Optional.empty();
    List<Damage> damages = new ArrayList<>();
    if (Files.exists(path)) {
      try {
        witness = WitnessFile.read(path);
      } catch (IOException failure) {
        throw new DataDirectoryException(
            path + " cannot be read: " + DataDirectory.describe(failure), failure);
      }
      if (witness.isEmpty()) {
        damages.add(
            new Damage.Missing(path + " is damaged: it does not say how far the rows are durable"));
      }
    } else if (directory.isMarked() && !isOld()) {
      damages.add(
          new Damage.Missing(path + " is missing, which says how far the rows are durable"));
    }
    Inspection.Result result = Inspection.run(files, witness);
    damages.addAll(result.damages());
    return new Found(witness, damages, result);
  }

  /** Returns whether the directory may be one that no witness was ever written for. */
  private boolean isOld() throws DataDirectoryException {
    try {
      return directory.isOld();
    } catch (IOException failure) {
      throw unopened(DataDirectory.describe(failure), failure);
    }
  }

  private Inspection.Result accepted(Found found, LostWrites loss)
      throws DataDirectoryException, IOException {
    boolean fatal = found.damages().stream().anyMatch(Damage.Fatal.class::isInstance);
    if (fatal || loss == LostWrites.REFUSE) {
      throw refused(found.damages());
    }
    GivingUp.of(directory, found.damages())
        .forEach(given -> LOG.warn("the loss of data is accepted: {}", given));
    Inspection.Result result = Inspection.run(files, Optional.empty());
    if (!result.damages().isEmpty()) {
      throw refused(result.damages());
    }
    return result;
  }

  private OpenRocks bounded(BoundedOpening.Opening opening, boolean trackingLogs, long logBytes)
      throws DataDirectoryException {
    try {
      return BoundedOpening.open(
          opening,
          () -> RocksOptions.of(settings, trackingLogs),
          BoundedOpening.limit(logBytes),
          threads.daemons(),
          directory);
    } catch (RocksDBException failure) {
      throw unopened(failure.getMessage() + unreadableTables(), failure);
    }
  }

  /**
   * Names the table files that cannot be opened: RocksDB's own message names none, and says that
   * the MANIFEST may be what is damaged.
   */
  private String unreadableTables() {
    try {
      return files.tables().values().stream()
          .flatMap(table -> TableFiles.unreadable(table).stream())
          .map(message -> "; " + message)
          .collect(Collectors.joining());
    } catch (IOException _) {
      return "";
    }
  }

  private OpenRocks noted(OpenRocks open, Optional<DurableState> before)
      throws IOException, DataDirectoryException {
    long moment = before.map(DurableState::moment).orElse(0L) + 1;
    boolean started = false;
    try {
      DurabilityWitness witness =
          DurabilityWitness.start(
              open.database(), files, directory.witness(), moment, threads.daemons());
      directory.markRows();
      started = true;
      return open.with(witness);
    } catch (RocksDBException failure) {
      throw unopened(failure.getMessage(), failure);
    } finally {
      if (!started) {
        open.close();
      }
    }
  }

  private DataDirectoryException refused(List<Damage> damages) {
    String what = damages.stream().map(Damage::message).collect(Collectors.joining("; "));
    String message = "the data in " + directory.path() + " is not all there: " + what;
    return damages.stream().anyMatch(Damage.Fatal.class::isInstance)
        ? new DataDirectoryException(message)
        : DataDirectoryException.lostWrites(message);
  }

  private DataDirectoryException unopened(@Nullable String why, Exception failure) {
    return new DataDirectoryException(
        "the data in " + directory.path() + manifest() + " cannot be opened: " + why, failure);
  }

  /** The MANIFEST that was to be used: what it says may be what is wrong. */
  private String manifest() {
    try {
      OptionalLong number = files.manifestNumber();
      return number.isPresent() ? ", as MANIFEST-%06d has it,".formatted(number.getAsLong()) : "";
    } catch (IOException _) {
      return "";
    }
  }
}
