package org.ostraka.storage.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
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

  @TempDir private Path directory;

  @Test
  void bothArchivesKeepObjectsByTheirNames() {
    for (Archive archive :
        List.of(new MemoryArchive(), DirectoryArchive.open(directory.resolve("a/b")))) {
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
    for (Archive archive :
        List.of(new MemoryArchive(), DirectoryArchive.open(directory.resolve("a/b")))) {
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
    DirectoryArchive.open(directory).put("x/1", ONE);
    Files.write(directory.resolve("x/2.unfinished~"), TWO.array());
    Archive again = DirectoryArchive.open(directory);
    assertThat(again.list("")).containsExactly("x/1");
    assertThat(directory.resolve("x/2.unfinished~")).doesNotExist();
  }

  @Test
  void onlyTheOwnerCanReadWhatIsArchived() throws IOException {
    DirectoryArchive.open(directory.resolve("archive")).put("x/1", ONE);
    for (String made : List.of("archive", "archive/x")) {
      assertThat(Files.getPosixFilePermissions(directory.resolve(made)))
          .as(made)
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void noNameLeadsOutOfTheDirectory() {
    Archive archive = DirectoryArchive.open(directory);
    for (String name : List.of("../x", "/x", "a/../b", "", "a//b", ".x", "a b")) {
      assertThatThrownBy(() -> archive.put(name, ONE)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
