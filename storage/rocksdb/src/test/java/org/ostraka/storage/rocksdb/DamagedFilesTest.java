package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.storage.rocksdb.TestVolumes.SPACE;
import static org.ostraka.storage.rocksdb.TestVolumes.bytes;
import static org.ostraka.storage.rocksdb.TestVolumes.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Direction;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.testkit.random.RandomCase;

/** One byte of a file is another one: that is noticed, and never shown as data. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DamagedFilesTest {
  private static final int ROWS = 300;
  private static final int DAMAGES = 60;

  private static final int LOG_BLOCK_BYTES = 32 << 10;
  private static final int LOG_HEAD_BYTES = 7;

  @TempDir Path parent;

  @Test
  void damagedTableFileIsNoticed(TestInfo test) throws Exception {
    Map<RowKey, Bytes> rows = fill();
    // The log's rows come into a table file when the data is opened again.
    TestVolumes.open(data()).close();
    damageAll(RandomCase.of(test), ".sst", rows);
  }

  @Test
  void damagedLogIsNoticed(TestInfo test) throws Exception {
    damageAll(RandomCase.of(test), ".log", fill());
  }

  private void damageAll(RandomCase random, String ending, Map<RowKey, Bytes> rows)
      throws Exception {
    for (int damage = 0; damage < DAMAGES; damage++) {
      Path copy = parent.resolve("copy-" + damage);
      TestVolumes.copy(data(), copy);
      String what = damage(copy, ending, random.branch(damage));
      String seen = look(copy, rows);
      assertThat(seen).as(what + "; " + random.command()).isNotEqualTo("wrong");
    }
  }

  /** What one sees of damaged data: "refused", "corrupt", "right", or "wrong". */
  private static String look(Path path, Map<RowKey, Bytes> rows) {
    try (TestVolumes.Opened opened = TestVolumes.open(path)) {
      String seen = "right";
      for (Map.Entry<RowKey, Bytes> row : rows.entrySet()) {
        try {
          if (!TestVolumes.read(opened.store(), row.getKey()).equals(Optional.of(row.getValue()))) {
            return "wrong";
          }
        } catch (CorruptDataException _) {
          seen = "corrupt";
        }
      }
      return scanned(opened, rows) ? seen : "wrong";
    } catch (DataDirectoryException | CorruptDataException _) {
      return "refused";
    }
  }

  private static boolean scanned(TestVolumes.Opened opened, Map<RowKey, Bytes> rows) {
    try {
      List<Row> scanned =
          TestVolumes.rows(
              opened.store(), Range.OfPartition.all(SPACE, bytes("p"), Direction.FORWARD));
      return scanned.size() == rows.size()
          && scanned.stream().allMatch(row -> row.value().equals(rows.get(row.key())));
    } catch (CorruptDataException _) {
      return true;
    }
  }

  private static String damage(Path path, String ending, RandomGenerator random)
      throws IOException {
    Path file;
    try (Stream<Path> files = Files.list(path.resolve("rocksdb"))) {
      file =
          files
              .filter(each -> each.toString().endsWith(ending) && each.toFile().length() > 0)
              .findFirst()
              .orElseThrow();
    }
    byte[] content = Files.readAllBytes(file);
    int at = random.nextInt(content.length);
    while (ending.equals(".log") && isRecordType(content, at)) {
      at = random.nextInt(content.length);
    }
    content[at] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, content);
    return file.getFileName() + " of " + content.length + " bytes, damaged at " + at;
  }

  /**
   * Whether a byte of a log is a record's type, which must stay: RocksDB 11.8.1 never returns from
   * opening a log in which a record of type 1 has become one of type 5. Records have a head of
   * seven bytes (checksum, length, type) and lie in blocks of 32 KB ("Write Ahead Log File Format"
   * in RocksDB's wiki).
   */
  private static boolean isRecordType(byte[] log, int position) {
    int record = 0;
    while (record + LOG_HEAD_BYTES <= log.length) {
      int leftInBlock = LOG_BLOCK_BYTES - record % LOG_BLOCK_BYTES;
      if (leftInBlock < LOG_HEAD_BYTES) {
        record += leftInBlock;
      } else if (position == record + LOG_HEAD_BYTES - 1) {
        return true;
      } else {
        int length = (log[record + 4] & 0xFF) | (log[record + 5] & 0xFF) << 8;
        record += LOG_HEAD_BYTES + length;
      }
    }
    return false;
  }

  private Path data() {
    return parent.resolve("data");
  }

  private Map<RowKey, Bytes> fill() throws DataDirectoryException {
    Map<RowKey, Bytes> rows = new HashMap<>();
    try (TestVolumes.Opened opened = TestVolumes.open(data())) {
      for (int i = 0; i < ROWS; i++) {
        Bytes value = bytes("value " + i + " ".repeat(i));
        TestVolumes.put(opened.store(), key(i), value);
        rows.put(key(i), value);
      }
    }
    return rows;
  }
}
