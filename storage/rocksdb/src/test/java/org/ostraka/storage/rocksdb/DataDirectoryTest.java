package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a directory is, which version's, and who has it open. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DataDirectoryTest {
  private static final String FORMAT = "ostraka.format";

  @TempDir Path parent;

  @Test
  void freshDirectoryIsMadeForItsOwnerAloneAndClaimed() throws Exception {
    Path path = parent.resolve("a/b");
    try (DataDirectory directory = DataDirectory.open(path)) {
      assertThat(directory.path()).isEqualTo(path);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
      assertThat(path.resolve(FORMAT)).hasContent("ostraka data format 3");
      assertThat(names(path)).containsExactly("ostraka.format", "ostraka.lock");
    }
  }

  @Test
  void emptyDirectoryIsClaimedAndAnOpenOneIsNarrowed() throws Exception {
    Path path = Files.createDirectory(parent.resolve("data"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    DataDirectory.open(path).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
  }

  @Test
  void directoryIsOpenedAgainAndAgain() throws Exception {
    for (int i = 0; i < 3; i++) {
      DataDirectory.open(parent.resolve("data")).close();
      DataDirectory.openExisting(parent.resolve("data")).close();
    }
  }

  @Test
  void thoseWhoOpenANewDirectoryTogetherAreToldThatItIsInUse() throws Exception {
    int starters = 3;
    for (int round = 0; round < 100; round++) {
      Path path = parent.resolve("data-" + round);
      CyclicBarrier start = new CyclicBarrier(starters);
      AtomicBoolean isMade = new AtomicBoolean();
      Callable<Set<String>> starter =
          () -> {
            var _ = start.await();
            return refusalsUntil(isMade, path);
          };
      List<Future<Set<String>>> refusals;
      try (ExecutorService threads = Executors.newFixedThreadPool(starters)) {
        refusals = threads.invokeAll(Collections.nCopies(starters, starter));
      }
      for (Future<Set<String>> refused : refusals) {
        assertThat(refused.get()).isSubsetOf(path + " is in use by another Ostraka process");
      }
    }
  }

  /** Opens a directory again and again, and returns why it was refused. */
  private static Set<String> refusalsUntil(AtomicBoolean isMade, Path path) {
    Set<String> refusals = new HashSet<>();
    while (!isMade.get()) {
      try (DataDirectory _ = DataDirectory.open(path)) {
        isMade.set(true);
      } catch (DataDirectoryException refused) {
        refusals.add(refused.getMessage());
      }
    }
    return refusals;
  }

  @Test
  void foreignFilesAreRefusedAndLeftAlone() throws Exception {
    Path path = Files.createDirectory(parent.resolve("data"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(path.resolve("thesis.tex"), "mine");
    String message =
        path + " is not empty and is no Ostraka data directory (it has no ostraka.format)";
    assertRefused(path, message);
    assertThatThrownBy(() -> DataDirectory.openExisting(path))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessage(message);
    assertThat(names(path)).containsExactly("thesis.tex");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwxr-xr-x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "4", "999999999"})
  void otherVersionsAreRefusedByTheirNumber(String version) throws Exception {
    Path path = claimed("ostraka data format " + version + "\n");
    assertRefused(
        path,
        path
            + " has data format "
            + version
            + ", as ostraka.format says; this Ostraka reads format 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "ostraka data format",
        "ostraka data format one",
        "ostraka data format -1",
        "ostraka data format 1000000000",
        "ostraka data format 2 2",
        "ostraka data format 3 to 2",
        "\0\0\0\0"
      })
  void garbledFormatFilesAreRefused(String text) throws Exception {
    Path path = claimed(text);
    assertRefused(path, path.resolve(FORMAT) + " does not say which format the data has");
  }

  @Test
  void hugeFormatFileIsRefusedUnread() throws Exception {
    Path path = claimed("");
    try (var file = new java.io.RandomAccessFile(path.resolve(FORMAT).toFile(), "rw")) {
      file.setLength(1L << 40);
    }
    assertRefused(path, path.resolve(FORMAT) + " does not say which format the data has");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws Exception {
    Path path = claimed("");
    Files.write(path.resolve(FORMAT), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
    assertRefused(path, path.resolve(FORMAT) + " does not say which format the data has");
  }

  @Test
  void directoryInThePlaceOfTheFormatFileIsRefused() throws Exception {
    Path path = Files.createDirectory(parent.resolve("data"));
    Files.createDirectory(path.resolve(FORMAT));
    assertThatThrownBy(() -> DataDirectory.open(path)).isInstanceOf(DataDirectoryException.class);
  }

  @Test
  void fileInItsPlaceIsRefused() throws Exception {
    Path path = Files.writeString(parent.resolve("data"), "a file");
    assertThatThrownBy(() -> DataDirectory.open(path))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining(path.toString());
    assertThatThrownBy(() -> DataDirectory.openExisting(path))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessage("there is no directory " + path);
    assertThat(path).hasContent("a file");
  }

  @Test
  void symbolicLinkLeadsToTheDirectoryAndItsLock() throws Exception {
    Path path = Files.createDirectory(parent.resolve("data"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), path);
    try (DataDirectory _ = DataDirectory.open(link)) {
      assertThat(path.resolve(FORMAT)).exists();
      assertRefused(path, path + " is in use by another Ostraka process");
    }
    DataDirectory.open(path).close();
  }

  @Test
  void crashBetweenMakingAndClaimingIsMadeGood() throws Exception {
    for (List<String> left :
        List.of(
            List.of("ostraka.lock"),
            List.of("ostraka.format.new"),
            List.of("ostraka.lock", "ostraka.format.new"))) {
      Path path = Files.createTempDirectory(parent, "data");
      for (String name : left) {
        Files.writeString(path.resolve(name), name.endsWith("new") ? "ostraka da" : "");
      }
      DataDirectory.open(path).close();
      assertThat(names(path)).containsExactly("ostraka.format", "ostraka.lock");
      assertThat(path.resolve(FORMAT)).hasContent("ostraka data format 3");
    }
  }

  @Test
  void directoryThatIsNotThereIsNotMadeForLooking() {
    Path path = parent.resolve("data");
    assertThatThrownBy(() -> DataDirectory.openExisting(path))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessage("there is no directory " + path);
    assertThat(path).doesNotExist();
  }

  @Test
  void emptyDirectoryHoldsNoDataToLookAt() throws Exception {
    Path path = Files.createDirectory(parent.resolve("data"));
    assertThatThrownBy(() -> DataDirectory.openExisting(path))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessage(path + " holds no Ostraka data");
    assertThat(names(path)).isEmpty();
  }

  /** One flipped bit makes a 2 of the 3: then a conversion would destroy all rows. */
  @Test
  void oldFormatBesideAFileOfThisOneIsDamage() throws Exception {
    Path path = claimed("ostraka data format 2\n");
    Files.createFile(path.resolve("ostraka.durable"));
    String message =
        path.resolve(FORMAT)
            + " is damaged: it says data format 2, and there is ostraka.durable, which only later"
            + " formats have";
    assertRefused(path, message);
    assertThatThrownBy(() -> DataDirectory.openExisting(path))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessage(message);
  }

  @Test
  void lookingLeavesACopyWithoutALockFileAsItIs() throws Exception {
    Path path = claimed("ostraka data format 3\n");
    try (DataDirectory _ = DataDirectory.openExisting(path)) {
      assertThat(names(path)).containsExactly(FORMAT);
    }
  }

  @Test
  void openDirectoryIsRefusedToThisProcessAndStaysLockedForOthers() throws Exception {
    Path path = parent.resolve("data");
    String inUse = path + " is in use by another Ostraka process";
    try (DataDirectory first = DataDirectory.open(path)) {
      assertThat(sayOfAnotherProcess(path)).isEqualTo(inUse);
      assertRefused(path, inUse);
      assertThatThrownBy(() -> DataDirectory.openExisting(path)).hasMessage(inUse);
      // A refused attempt must not end the lock of the one who holds it.
      assertThat(sayOfAnotherProcess(path)).isEqualTo(inUse);
      assertThat(first.path()).isEqualTo(path);
    }
    assertThat(sayOfAnotherProcess(path)).isEqualTo("held");
  }

  @Test
  void directoryBeingLookedAtIsNotOpenedByAnotherProcess() throws Exception {
    Path path = parent.resolve("data");
    DataDirectory.open(path).close();
    try (DataDirectory _ = DataDirectory.openExisting(path)) {
      assertThat(sayOfAnotherProcess(path))
          .isEqualTo(path + " is in use by another Ostraka process");
    }
  }

  @Test
  void directoryOfAnotherProcessIsFreeWhenThatIsKilled() throws Exception {
    Path path = parent.resolve("data");
    Process other = startOther(path);
    try {
      assertThat(firstLine(other)).isEqualTo("held");
      assertRefused(path, path + " is in use by another Ostraka process");
      assertThatThrownBy(() -> DataDirectory.openExisting(path))
          .hasMessage(path + " is in use by another Ostraka process");
    } finally {
      other.destroyForcibly().waitFor();
    }
    DataDirectory.open(path).close();
  }

  @Test
  void closingTwiceDoesNotFreeWhatAnotherHolds() throws Exception {
    Path path = parent.resolve("data");
    DataDirectory first = DataDirectory.open(path);
    first.close();
    try (DataDirectory _ = DataDirectory.open(path)) {
      first.close();
      assertRefused(path, path + " is in use by another Ostraka process");
    }
  }

  @Test
  void directoryThatCannotBeWrittenToIsRefused() throws Exception {
    Path path = Files.createDirectory(parent.resolve("data"));
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("r-x------"));
    try {
      assumeFalse(Files.isWritable(parent), "whoever runs this may write everywhere");
      assertThatThrownBy(() -> DataDirectory.open(parent.resolve("new")))
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("permission denied");
      assertThat(path).exists();
    } finally {
      Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private Path claimed(String format) throws IOException {
    Path path = Files.createDirectory(parent.resolve("data"));
    Files.writeString(path.resolve(FORMAT), format, StandardCharsets.ISO_8859_1);
    return path;
  }

  /** Refused for this reason, and without a trace. */
  private static void assertRefused(Path path, String message) throws IOException {
    Map<String, Long> before = sizes(path);
    assertThatThrownBy(() -> DataDirectory.open(path))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessage(message);
    assertThat(sizes(path)).isEqualTo(before);
  }

  private static List<String> names(Path path) throws IOException {
    return List.copyOf(sizes(path).keySet());
  }

  private static Map<String, Long> sizes(Path path) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.list(path)) {
      files.forEach(file -> sizes.put(file.getFileName().toString(), size(file)));
    }
    return sizes;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String sayOfAnotherProcess(Path path) throws Exception {
    Process other = startOther(path);
    try {
      return firstLine(other);
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  private static String firstLine(Process other) throws IOException {
    return String.valueOf(other.inputReader().readLine());
  }

  private static Process startOther(Path path) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            DirectoryHolder.class.getName(),
            path.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
