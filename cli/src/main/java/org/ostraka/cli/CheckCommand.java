package org.ostraka.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.rocksdb.DataDirectory;
import org.ostraka.storage.rocksdb.DataDirectoryException;
import org.ostraka.storage.rocksdb.RocksSettings;
import org.ostraka.storage.rocksdb.RocksVolume;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ostraka check DIR}: verifies all data in a directory, and changes nothing. */
@Command(
    name = "check",
    description = "Verifies everything that must hold of the data in a directory; changes nothing.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The data directory; no server may be using it.")
  private Path path;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (DataDirectory directory = DataDirectory.openExisting(path);
        ExecutorService scans = Executors.newSingleThreadExecutor();
        RocksVolume volume = RocksVolume.openReadOnly(directory, RocksSettings.DEFAULT, scans)) {
      volume.verifyChecksums();
      return tell(IntegrityCheck.run(volume), out);
    } catch (DataDirectoryException unusable) {
      spec.commandLine().getErr().println("ostraka: " + unusable.getMessage());
      return FAILED;
    } catch (StorageException damage) {
      spec.commandLine().getErr().println("ostraka: " + path + ": " + damage.getMessage());
      return FAILED;
    }
  }

  private int tell(IntegrityCheck.Report report, PrintWriter out) {
    report.named().forEach(problem -> out.println("problem: " + problem));
    out.printf(
        "%s: %d tables, %d items, %d log records, %d problems%n",
        path, report.tables(), report.items(), report.logRecords(), report.problems());
    return report.isClean() ? 0 : FAILED;
  }
}
