package org.ostraka.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.options.Parameter;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.server.MasterKeys;
import org.ostraka.server.config.MasterKeyLocation;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.Store;
import org.ostraka.storage.encryption.EncryptedStore;
import org.ostraka.storage.rocksdb.DataDirectory;
import org.ostraka.storage.rocksdb.DataDirectoryException;
import org.ostraka.storage.rocksdb.RocksSettings;
import org.ostraka.storage.rocksdb.RocksVolume;
import org.ostraka.storage.rocksdb.VolumeThreads;
import org.ostraka.storage.volume.VolumeStore;

/** {@code ostraka check DIR}: verifies all data in a directory and changes nothing. */
final class CheckCommand {
  static final Command COMMAND =
      new Command(
          "ostraka check",
          List.of("Verifies the data in a directory and changes nothing."),
          Optional.of(new Parameter("DIR", true, "The data directory; no server may be using it.")),
          MasterKeyOptions.ALL,
          CheckCommand::run);

  private static final int FAILED = 1;

  private CheckCommand() {}

  private static int run(Arguments given, PrintWriter out, PrintWriter err) {
    Path path = Path.of(given.parameter().orElseThrow());
    try (DataDirectory directory = DataDirectory.openExisting(path);
        ExecutorService scans = Executors.newSingleThreadExecutor();
        RocksVolume volume =
            RocksVolume.openReadOnly(
                directory,
                RocksSettings.DEFAULT,
                new VolumeThreads(scans, Thread.ofPlatform().daemon().factory()))) {
      volume.verifyChecksums();
      InstantSource clock = InstantSource.system();
      try (Store store = new VolumeStore(volume, new HybridClock(clock), Thread::new, _ -> {})) {
        return report(path, IntegrityCheck.run(decrypted(given, path, store, clock)), out);
      }
    } catch (DataDirectoryException unusable) {
      err.println("ostraka: " + unusable.getMessage());
      return FAILED;
    } catch (MasterKeyException unusable) {
      err.println("ostraka: " + unusable.getMessage());
      return FAILED;
    } catch (StorageException damage) {
      err.println("ostraka: " + path + ": " + damage.getMessage());
      return FAILED;
    }
  }

  private static Store decrypted(Arguments given, Path data, Store store, InstantSource clock) {
    if (!EncryptedStore.isEncrypted(store)) {
      return store;
    }
    MasterKeyLocation location = MasterKeyOptions.read(given, Optional.of(data), System.getenv());
    return EncryptedStore.open(store, MasterKeys.open(location, clock), clock);
  }

  private static int report(Path path, IntegrityCheck.Report report, PrintWriter out) {
    report.named().forEach(problem -> out.println("problem: " + problem));
    out.printf(
        "%s: %d tables, %d items, %d log records, %d problems%n",
        path, report.tables(), report.items(), report.logRecords(), report.problems());
    return report.isClean() ? 0 : FAILED;
  }
}
