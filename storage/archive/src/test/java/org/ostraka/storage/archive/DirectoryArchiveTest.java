package org.ostraka.storage.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Bytes;

final class DirectoryArchiveTest {
  private static final Bytes ONE = Bytes.wrap(new byte[] {1});
  private static final Bytes TWO = Bytes.wrap(new byte[] {2, 2});

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  @TempDir private Path directory;

  @Test
  void bothArchivesKeepObjectsByTheirNames() {
    for (Archive archive : List.of(new MemoryArchive(), open(directory.resolve("a/b")))) {
      archive.put("x/1", ONE);
      archive.put("x/2", ONE);
      archive.put("y", TWO);
      archive.put("x/2", TWO);
      assertThat(archive.list("x/")).containsExactly("x/1", "x/2");
      assertThat(archive.read("x/2")).contains(TWO);
      archive.delete("x/1");
      archive.delete("x/1");
      assertThat(archive.read("x/1")).isEmpty();
      assertThat(archive.list("")).containsExactly("x/2", "y");
    }
  }

  @Test
  void anObjectThatIsThereIsNotReplacedIfNoneMayBe() {
    for (Archive archive : List.of(new MemoryArchive(), open(directory.resolve("a/b")))) {
      assertThat(archive.putIfAbsent("x/1", ONE)).isEqualTo(ConditionalPut.STORED);
      assertThat(archive.putIfAbsent("x/1", TWO)).isEqualTo(ConditionalPut.EXISTS);
      assertThat(archive.read("x/1")).contains(ONE);
      assertThat(archive.list("")).containsExactly("x/1");
      archive.delete("x/1");
      assertThat(archive.putIfAbsent("x/1", TWO)).isEqualTo(ConditionalPut.STORED);
    }
  }

  @Test
  void ofManyThatStoreAnObjectAtTheSameTimeOneDoes() throws Exception {
    int writers = 8;
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (int round = 0; round < 20; round++) {
        String name = "round/" + round;
        CyclicBarrier start = new CyclicBarrier(writers);
        List<Future<ConditionalPut>> puts = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          Archive archive = DirectoryArchive.openToRead(directory);
          Bytes content = Bytes.of(writer);
          puts.add(
              threads.submit(() -> {
                start.await();
                return archive.putIfAbsent(name, content);
              }));
        }
        List<Bytes> stored = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          if (puts.get(writer).get() == ConditionalPut.STORED) {
            stored.add(Bytes.of(writer));
          }
        }
        assertThat(stored).hasSize(1);
        assertThat(DirectoryArchive.openToRead(directory).read(name)).contains(stored.getFirst());
      }
    }
  }

  @Test
  void objectsAreThereAfterOpeningAgainAndUnfinishedFilesAreGone() throws IOException {
    open(directory).put("x/1", ONE);
    unfinished("x/2", NOW.minus(DirectoryArchive.UNFINISHED_FOR).minusSeconds(1));
    Archive again = open(directory);
    assertThat(again.list("")).containsExactly("x/1");
    assertThat(directory.resolve("x/2.unfinished~")).doesNotExist();
  }

  /** Several servers of a database use one archive, and may start while another one writes. */
  @Test
  void anObjectThatAnotherServerIsWritingStays() throws IOException {
    open(directory).put("x/1", ONE);
    Path written = unfinished("x/2", NOW.minusSeconds(1));
    assertThat(open(directory).list("")).containsExactly("x/1");
    assertThat(written).hasBinaryContent(TWO.array());
  }

  private Path unfinished(String name, Instant lastWrite) throws IOException {
    Path file = Files.write(directory.resolve(name + ".unfinished~"), TWO.array());
    return Files.setLastModifiedTime(file, FileTime.from(lastWrite));
  }

  /** So do servers that wrap the key of a sealed archive again when they start. */
  @Test
  void thoseWhoWriteOneObjectTogetherAllSucceedAndItIsWholeAtAllTimes() throws Exception {
    int writers = 4;
    List<Bytes> contents = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      byte[] content = new byte[100_000];
      Arrays.fill(content, (byte) writer);
      contents.add(Bytes.wrap(content));
    }
    DirectoryArchive.openToRead(directory).put("key", contents.getFirst());
    CyclicBarrier start = new CyclicBarrier(writers);
    List<Future<?>> puts = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (Bytes content : contents) {
        Archive archive = DirectoryArchive.openToRead(directory);
        puts.add(
            threads.submit(() -> {
              var _ = start.await();
              for (int i = 0; i < 20; i++) {
                archive.put("key", content);
                assertThat(archive.read("key").orElseThrow()).isIn(contents);
                assertThat(archive.list("")).containsExactly("key");
              }
              return true;
            }));
      }
    }
    for (Future<?> put : puts) {
      assertThat(put).succeedsWithin(Duration.ZERO);
    }
  }

  @Test
  void onlyTheOwnerCanReadWhatIsArchived() throws IOException {
    open(directory.resolve("archive")).put("x/1", ONE);
    for (String made : List.of("archive", "archive/x")) {
      assertThat(Files.getPosixFilePermissions(directory.resolve(made)))
          .as(made)
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void noNameLeadsOutOfTheDirectory() {
    Archive archive = open(directory);
    for (String name : List.of("../x", "/x", "a/../b", "", "a//b", ".x", "a b")) {
      assertThatThrownBy(() -> archive.put(name, ONE)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Archive open(Path root) {
    return DirectoryArchive.open(root, InstantSource.fixed(NOW));
  }
}
