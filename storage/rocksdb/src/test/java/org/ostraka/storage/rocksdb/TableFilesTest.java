package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.storage.rocksdb.TestVolumes.bytes;
import static org.ostraka.storage.rocksdb.TestVolumes.key;
import static org.ostraka.storage.rocksdb.TestVolumes.put;
import static org.ostraka.storage.rocksdb.TestVolumes.read;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Table files are verified one by one, while a server may use them. */
final class TableFilesTest {
  private static final int ROWS = 600;

  @TempDir Path data;

  /**
   * RocksDB writes what the log holds into table files before it is open. A memtable has room for
   * all rows, and a compaction wants four files, so no file is being written while the test reads
   * them.
   */
  @Test
  void everyFlippedBlockIsFoundWhileTheDirectoryIsInUse() throws Exception {
    try (TestVolumes.Opened opened = TestVolumes.open(data)) {
      for (int i = 0; i < ROWS; i++) {
        put(opened.store(), key(i), bytes("value " + i + "x".repeat(400)));
      }
    }
    try (TestVolumes.Opened opened = TestVolumes.open(data)) {
      TableFiles files = new TableFiles(data);
      List<TableFiles.TableFile> all = files.unchangedSince(Instant.MAX);
      assertThat(all).isNotEmpty();
      assertThat(files.unchangedSince(Instant.EPOCH)).isEmpty();
      for (TableFiles.TableFile file : all) {
        assertThat(files.damage(file)).isEmpty();
        assertThat(file.sizeBytes()).isEqualTo(Files.size(file.path()));
      }
      requireDamageFound(files, all.getFirst());
      assertThat(read(opened.store(), key(ROWS - 1))).isPresent();
    }
  }

  @Test
  void onlyNamesOfDigitsAreTableFiles() throws Exception {
    Path rocksdb = Files.createDirectory(data.resolve("rocksdb"));
    Path table = Files.writeString(rocksdb.resolve("000012.sst"), "table");
    Files.writeString(rocksdb.resolve("copy.sst"), "not of RocksDB");
    Files.writeString(rocksdb.resolve("000013.sst.part"), "not of RocksDB");
    assertThat(new TableFiles(data).unchangedSince(Instant.MAX))
        .containsExactly(new TableFiles.TableFile(table, 5));
  }

  private static void requireDamageFound(TableFiles files, TableFiles.TableFile file)
      throws Exception {
    byte[] sound = Files.readAllBytes(file.path());
    for (int at = 10; at < sound.length / 2; at += sound.length / 7) {
      byte[] damaged = sound.clone();
      damaged[at] ^= 4;
      Files.write(file.path(), damaged);
      assertThat(files.damage(file)).as("at %d", at).isPresent();
    }
    assertThat(files.damage(file).orElseThrow()).startsWith(file.path() + " is damaged: ");
    Files.write(file.path(), new byte[0]);
    assertThat(files.damage(file)).isPresent();
    Files.delete(file.path());
    assertThat(files.damage(file)).as("a compaction may have removed it").isEmpty();
    Files.write(file.path(), sound);
    assertThat(files.damage(file)).isEmpty();
  }
}
