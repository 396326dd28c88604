package org.ostraka.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.engine.check.IntegrityRepair;
import org.ostraka.engine.lease.SharedFormat;
import org.ostraka.options.Arguments;
import org.ostraka.server.config.MasterKeyLocation;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;
import org.ostraka.storage.encryption.EncryptedStore;
import org.ostraka.storage.rocksdb.DataDirectoryException;
import org.ostraka.storage.rocksdb.DirectoryRepair;
import org.ostraka.storage.rocksdb.RocksSettings;
import org.ostraka.storage.rocksdb.RocksVolume;
import org.ostraka.storage.rocksdb.VolumeThreads;
import org.ostraka.storage.volume.Loss;
import org.ostraka.storage.volume.Volume;
import org.ostraka.storage.volume.VolumeStore;

/** {@code ostraka check --repair}: repairs a data directory that is not clean. One thread. */
final class DirectoryRepairing {
  private static final int FAILED = 1;

  private final Path path;
  private final Arguments given;
  private final PrintWriter out;
  private boolean isComplete = true;

  DirectoryRepairing(Path path, Arguments given, PrintWriter out) {
    this.path = path;
    this.given = given;
    this.out = out;
  }

  int run(boolean discard) throws DataDirectoryException {
    try (DirectoryRepair repair = DirectoryRepair.begin(path);
        ExecutorService scans = Executors.newSingleThreadExecutor()) {
      VolumeThreads threads = new VolumeThreads(scans, Thread.ofPlatform().daemon().factory());
      if (repair.hasEndedAnother()) {
        out.println(path + ": a repair that was cut short is complete now");
      }
      if (isClean(repair, threads)) {
        out.println(path + ": nothing to repair");
        return 0;
      }
      StringWriter report = new StringWriter();
      boolean clean = repaired(repair, threads, new PrintWriter(report, true));
      Path kept = repair.exchange(report.toString());
      out.print(report);
      if (discard && clean && isComplete) {
        DirectoryRepair.discard(kept);
        out.println(path + ": repaired; the old files are removed, and the report lies in " + kept);
      } else {
        out.println(path + ": repaired; the old files and this report lie in " + kept);
        if (discard) {
          out.println(
              path
                  + ": --discard-originals is not done, since the new files lack or doubt something"
                  + " that may be in the old ones");
        }
      }
      return clean ? 0 : FAILED;
    } catch (IOException failure) {
      throw new DataDirectoryException(
          "the old files of " + path + " cannot be removed: " + failure.getMessage(), failure);
    }
  }

  private boolean isClean(DirectoryRepair repair, VolumeThreads threads)
      throws DataDirectoryException {
    Optional<String> format = repair.formatDamage();
    if (format.isPresent()) {
      out.println("problem: " + format.get());
      return false;
    }
    try (RocksVolume volume =
        RocksVolume.openReadOnly(repair.directory(), RocksSettings.DEFAULT, threads)) {
      volume.verifyChecksums();
      return withStore(
          volume, store -> CheckCommand.report(path + "", IntegrityCheck.run(store), out));
    } catch (DataDirectoryException | StorageException damage) {
      out.println("problem: " + damage.getMessage());
      return false;
    }
  }

  /** Makes the new files, writes what is lost to a report, and returns whether they are clean. */
  private boolean repaired(DirectoryRepair repair, VolumeThreads threads, PrintWriter report)
      throws DataDirectoryException {
    try (DirectoryRepair.Salvaged salvaged = repair.salvage(RocksSettings.DEFAULT, threads)) {
      return withStore(
          salvaged.volume(),
          store -> {
            Set<Space> keyless =
                store instanceof EncryptedStore encrypted
                    ? encrypted.spacesWithoutKeys()
                    : Set.of();
            IntegrityRepair.Report repaired =
                IntegrityRepair.run(
                    store,
                    space ->
                        salvaged.kept().damaged() > 0
                            || salvaged.losses().stream()
                                .anyMatch(loss -> loss.mayHaveHadRowOf(space)));
            isComplete = keyless.isEmpty() && isComplete(salvaged, repaired);
            for (Space space : keyless) {
              report.println(
                  "lost: the keys of "
                      + name(space, repaired.owners())
                      + ": its rows cannot be decrypted any more");
            }
            print(salvaged, repaired, store, report);
            boolean clean = CheckCommand.report(path + "", IntegrityCheck.run(store), report);
            return clean && keyless.isEmpty() && repaired.kept().isEmpty();
          });
    }
  }

  /** Returns whether nothing was lost, removed or left of no use, and no row may be older. */
  private static boolean isComplete(
      DirectoryRepair.Salvaged salvaged, IntegrityRepair.Report repaired) {
    return salvaged.losses().isEmpty()
        && salvaged.kept().damaged() == 0
        && salvaged.kept().doubtful() == 0
        && salvaged.kept().logs().isEmpty()
        && repaired.droppedRows() == 0
        && repaired.lostItems() == 0
        && repaired.kept().isEmpty();
  }

  /** Something to find out about a store. */
  @FunctionalInterface
  private interface Question {
    boolean ask(Store store) throws DataDirectoryException;
  }

  private boolean withStore(Volume volume, Question question) throws DataDirectoryException {
    HybridClock clock = new HybridClock(InstantSource.system());
    try (Store store = new VolumeStore(volume, clock, Thread::new, _ -> {})) {
      Store plain =
          CheckCommand.plain(
              store, CheckCommand.keys(given, new MasterKeyLocation.InDirectory(path), store));
      SharedFormat.CURRENT.requireReads(plain);
      return question.ask(plain);
    }
  }

  private void print(
      DirectoryRepair.Salvaged salvaged,
      IntegrityRepair.Report repaired,
      Store store,
      PrintWriter report) {
    for (Loss loss : salvaged.losses()) {
      report.println("lost: " + loss.message() + where(loss, repaired.owners()));
    }
    salvaged.kept().damages().forEach(damage -> report.println("lost: a row: " + damage));
    salvaged.kept().logs().forEach(log -> report.println("lost: " + log));
    repaired.dropped().forEach(dropped -> report.println("lost: " + dropped));
    repaired.kept().forEach(kept -> report.println("kept: " + kept));
    if (repaired.isArchiveReleased()) {
      report.println(
          "archive: names of its objects may be lost, so no server makes backups in it or removes"
              + " anything from it. Copy it and restore what is needed; then remove the object"
              + " \"store\" of the archive, and the server uses it again and removes what no"
              + " backup names");
    }
    repaired
        .lost()
        .forEach(item ->
            report.println(
                "lost: item of table " + item.table() + " with key " + KeyLines.of(item.key())));
    for (RowKey row : salvaged.kept().doubtfulRows()) {
      report.println("may be older: " + described(keyOf(row, store), repaired.owners()));
    }
    if (salvaged.losses().stream().anyMatch(Loss::isOfAny)) {
      report.println("may be older: any row, since it is not known of which rows writes are lost");
    }
    repaired
        .rebuilt()
        .forEach((what, count) ->
            report.println("made again from the items: " + count + " rows of " + what));
    report.printf(
        "%s: kept %d rows and %d log records; %d rows damaged, %d removed, %d items known to be"
            + " lost by their indexes, %d rows lie where newer ones may be lost%n",
        path,
        salvaged.kept().rows(),
        salvaged.kept().records(),
        salvaged.kept().damaged(),
        repaired.droppedRows(),
        repaired.lostItems(),
        salvaged.kept().doubtful());
  }

  /** Returns the tables whose rows may be lost. */
  private static String where(Loss loss, IntegrityRepair.Owners owners) {
    return loss.spaces()
        .map(spaces ->
            spaces.first().equals(spaces.last())
                ? " (rows of " + name(spaces.first(), owners) + ")"
                : " (rows from those of "
                    + name(spaces.first(), owners)
                    + " to those of "
                    + name(spaces.last(), owners)
                    + ")")
        .orElse("");
  }

  /** Returns the key of a row by the place where it was found. */
  private static RowKey keyOf(RowKey place, Store store) {
    try {
      return store instanceof EncryptedStore encrypted ? encrypted.keyAt(place) : place;
    } catch (CorruptDataException _) {
      return place;
    }
  }

  private static String described(RowKey row, IntegrityRepair.Owners owners) {
    return owners
        .item(row)
        .map(item -> "item of table " + item.table() + " with key " + KeyLines.of(item.key()))
        .orElseGet(() -> "a row of " + name(row.space(), owners));
  }

  private static String name(Space space, IntegrityRepair.Owners owners) {
    return owners.of(space).orElse("space " + space.id());
  }
}
