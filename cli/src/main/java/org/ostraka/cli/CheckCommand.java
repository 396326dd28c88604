package org.ostraka.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Option;
import org.ostraka.options.Parameter;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.server.MasterKeys;
import org.ostraka.server.config.MasterKeyLocation;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;
import org.ostraka.storage.encryption.EncryptedStore;
import org.ostraka.storage.postgresql.PostgresSettings;
import org.ostraka.storage.postgresql.PostgresStore;
import org.ostraka.storage.rocksdb.DataDirectory;
import org.ostraka.storage.rocksdb.DataDirectoryException;
import org.ostraka.storage.rocksdb.RocksSettings;
import org.ostraka.storage.rocksdb.RocksVolume;
import org.ostraka.storage.rocksdb.VolumeThreads;
import org.ostraka.storage.volume.VolumeStore;

/** {@code ostraka check}: verifies all data in a directory or a database and changes nothing. */
final class CheckCommand {
  static final Command COMMAND =
      new Command(
          "ostraka check",
          List.of("Verifies the data in a directory, or in a database, and changes nothing."),
          Optional.of(
              new Parameter(
                  "DIR",
                  false,
                  "The data directory; no server may be using it. Or --store names a database, to"
                      + " which no server may be writing.")),
          options(),
          CheckCommand::run);

  private static final int FAILED = 1;

  private CheckCommand() {}

  private static List<Option<?>> options() {
    List<Option<?>> all = new ArrayList<>(StoreOptions.FOR_READING);
    all.addAll(MasterKeyOptions.ALL);
    return all;
  }

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    Optional<Path> path = given.parameter().map(Path::of);
    Optional<PostgresSettings> database =
        path.isPresent() && given.get(StoreOptions.STORE).isEmpty()
            ? Optional.empty()
            : StoreOptions.settings(given, System.getenv());
    if (path.isPresent() == database.isPresent()) {
      throw new BadArgumentsException("name either a data directory or a database with --store");
    }
    String place = database.map(PostgresSettings::toString).or(() -> given.parameter()).orElse("");
    try {
      IntegrityCheck.Report report =
          database.isPresent()
              ? checked(given, database.get())
              : checked(given, path.orElseThrow());
      return report(place, report, out);
    } catch (DataDirectoryException | MasterKeyException unusable) {
      err.println("ostraka: " + unusable.getMessage());
      return FAILED;
    } catch (StorageException damage) {
      String message = String.valueOf(damage.getMessage());
      err.println("ostraka: " + (message.startsWith(place) ? "" : place + ": ") + message);
      return FAILED;
    }
  }

  private static IntegrityCheck.Report checked(Arguments given, PostgresSettings database) {
    try (Store store = PostgresStore.openExisting(database)) {
      return IntegrityCheck.run(decrypted(given, new MasterKeyLocation.Unnamed(), store));
    }
  }

  private static IntegrityCheck.Report checked(Arguments given, Path path)
      throws DataDirectoryException {
    try (DataDirectory directory = DataDirectory.openExisting(path);
        ExecutorService scans = Executors.newSingleThreadExecutor();
        RocksVolume volume =
            RocksVolume.openReadOnly(
                directory,
                RocksSettings.DEFAULT,
                new VolumeThreads(scans, Thread.ofPlatform().daemon().factory()))) {
      volume.verifyChecksums();
      HybridClock clock = new HybridClock(InstantSource.system());
      try (Store store = new VolumeStore(volume, clock, Thread::new, _ -> {})) {
        MasterKeyLocation key = new MasterKeyLocation.InDirectory(path);
        return IntegrityCheck.run(decrypted(given, key, store));
      }
    }
  }

  private static Store decrypted(Arguments given, MasterKeyLocation otherwise, Store store) {
    if (!EncryptedStore.isEncrypted(store)) {
      return store;
    }
    InstantSource clock = InstantSource.system();
    MasterKeyLocation location = MasterKeyOptions.read(given, otherwise, System.getenv());
    return EncryptedStore.open(store, MasterKeys.open(location, clock), clock);
  }

  private static int report(String place, IntegrityCheck.Report report, PrintWriter out) {
    report.named().forEach(problem -> out.println("problem: " + problem));
    out.printf(
        "%s: %d tables, %d items, %d log records, %d problems%n",
        place, report.tables(), report.items(), report.logRecords(), report.problems());
    return report.isClean() ? 0 : FAILED;
  }
}
