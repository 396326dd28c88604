package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Bytes;
import org.ostraka.storage.LogId;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.volume.FormatTwo;
import org.ostraka.testkit.random.RandomCase;

/** A directory of data format 2 is converted when it is opened, whatever kills that. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DirectoryConversionTest {
  private static final int ROWS = 300;
  private static final int VALUE_BYTES = 100_000;
  private static final int KILLS = 6;

  @TempDir private Path parent;

  @Test
  void conversionSurvivesBeingKilledAtAnyMoment(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    Map<RowKey, Bytes> rows = rows(random);
    Path path = parent.resolve("data");
    writeOld(path, rows);
    for (int kill = 0; kill < KILLS; kill++) {
      // Most processes convert some of thirty megabytes before they are killed.
      convertAndKill(path, random.branch(kill).nextLong(12L << 20));
    }
    try (TestVolumes.Opened opened = TestVolumes.open(path)) {
      rows.forEach((key, value) ->
          assertThat(TestVolumes.read(opened.store(), key)).isEqualTo(Optional.of(value)));
      opened
          .store()
          .check(problem -> {
            throw new AssertionError(problem);
          });
    }
    assertThat(path.resolve("ostraka.format")).hasContent("ostraka data format 3");
  }

  @Test
  void directoryThatIsNotConvertedIsNotOpenedToLookAt(TestInfo test) throws Exception {
    Path path = parent.resolve("data");
    writeOld(path, Map.of());

    assertThatThrownBy(() -> TestVolumes.openReadOnly(path))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("data format 2: start a server on it");
  }

  private static Map<RowKey, Bytes> rows(RandomCase random) {
    Map<RowKey, Bytes> rows = new HashMap<>();
    for (int i = 0; i < ROWS; i++) {
      byte[] value = new byte[VALUE_BYTES];
      random.branch(1_000 + i).nextBytes(value);
      rows.put(TestVolumes.key(i), Bytes.wrap(value));
    }
    return rows;
  }

  private static void writeOld(Path path, Map<RowKey, Bytes> rows) throws Exception {
    try (DataDirectory directory = DataDirectory.open(path);
        ExecutorService scans = Executors.newSingleThreadExecutor();
        RocksVolume volume =
            RocksVolume.open(
                directory, TestVolumes.SETTINGS, TestVolumes.threads(scans), LostWrites.REFUSE)) {
      FormatTwo.write(volume, rows, new LogId(new Space(1)), List.of());
    }
    Files.delete(path.resolve("ostraka.durable")); // which that format did not have
    Files.writeString(path.resolve("ostraka.format"), "ostraka data format 2\n");
  }

  /** Starts a process that converts, and kills it when it has written so much to its log. */
  private static void convertAndKill(Path path, long bytes) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ConversionProcess.class.getName(),
                path.toString())
            .inheritIO()
            .start();
    while (process.isAlive() && !isConverting(path, bytes)) {
      LockSupport.parkNanos(1_000_000);
    }
    process.destroyForcibly().waitFor();
  }

  /** Returns whether a conversion has begun, and the newest log has some size. */
  private static boolean isConverting(Path path, long bytes) throws IOException {
    try (Stream<Path> files = Files.list(path.resolve("rocksdb"))) {
      return Files.readString(path.resolve("ostraka.format")).contains("2 to 3")
          && files
              .filter(file -> file.toString().endsWith(".log"))
              .max(Comparator.naturalOrder())
              .filter(log -> fileBytes(log) >= bytes)
              .isPresent();
    }
  }

  /** RocksDB removes files at any time. */
  private static long fileBytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException _) {
      return 0;
    }
  }
}
