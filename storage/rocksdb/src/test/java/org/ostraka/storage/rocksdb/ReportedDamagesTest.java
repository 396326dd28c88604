package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages of logs and of a MANIFEST that RocksDB by itself takes for a crash, or on which it never
 * ends: each is refused with the file's name, at a start and at a look. The directory is that of a
 * killed process.
 *
 * <p>With {@code -Dostraka.damages=1000} or more it cuts files at every length, else at some.
 */
@Timeout(value = 1_800, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReportedDamagesTest {
  private static final boolean THOROUGH = Integer.getInteger("ostraka.damages", 0) >= 1_000;
  private static final int STEP = THOROUGH ? 1 : 97;

  private static final int LENGTH_AT = 4;
  private static final int TYPE_AT = 6;
  private static final int TYPES = 13;
  private static final int MAX_ROUNDS = 2_000;

  @TempDir Path parent;
  private LivedDirectory lived;
  private int tries;

  @BeforeEach
  void open() throws Exception {
    lived = new LivedDirectory(parent, new SplittableRandom(11));
  }

  @AfterEach
  void close() {
    lived.close();
  }

  /** A length that is wrong by a bit may reach past the end of the file. */
  @Test
  void aBitInTheLengthOfARecordIsNoTornTail() throws Exception {
    lived.write(6, 200);
    LivedDirectory.Moment moment = lived.moment();
    Path log = LivedDirectory.files(moment.rocksdb(), ".log").getLast();
    for (long record : offsets(log)) {
      for (int bit = 0; bit < Short.SIZE; bit++) {
        byte[] content = Files.readAllBytes(log);
        content[(int) record + LENGTH_AT + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        assertRefused(moment, log, content, "bit %d of the length at %d".formatted(bit, record));
      }
    }
  }

  /** RocksDB drops what follows some types, and never ends with others. */
  @Test
  void aRecordOfAnotherTypeIsNeverSkippedAndEndsEveryReading() throws Exception {
    lived.write(3, 200);
    lived.writeTogether(40, 3_000);
    lived.write(2, 200);
    LivedDirectory.Moment moment = lived.moment();
    Path log = LivedDirectory.files(moment.rocksdb(), ".log").getLast();
    for (long fragment : fragments(log)) {
      byte right = Files.readAllBytes(log)[(int) fragment + TYPE_AT];
      for (byte type = 0; type <= TYPES; type++) {
        if (type != right) {
          byte[] content = Files.readAllBytes(log);
          content[(int) fragment + TYPE_AT] = type;
          String what = "type %d to %d at %d".formatted(right, type, fragment);
          assertRefused(moment, log, content, what);
        }
      }
    }
  }

  @Test
  void theNewestLogIsRefusedWhereverItIsCutAndWhenItIsGone() throws Exception {
    lived.write(9, 200);
    LivedDirectory.Moment moment = lived.moment();
    Path log = LivedDirectory.files(moment.rocksdb(), ".log").getLast();
    assertCutIsRefused(moment, log);
    assertMissingIsRefused(moment, log);
  }

  /** Without the end of an older log there would be holes in the middle of the writes. */
  @Test
  void theOlderOfTwoLogsIsRefusedWhenItIsCutOrGoneWhileItIsNeeded() throws Exception {
    boolean refused = false;
    for (int round = 0; round < MAX_ROUNDS && !refused; round++) {
      lived.writeTogether(60, 2_000);
      lived.write(1, 100);
      LivedDirectory.Moment moment = lived.moment();
      List<Path> logs = LivedDirectory.files(moment.rocksdb(), ".log");
      if (logs.size() == 2 && Files.size(logs.getFirst()) > 0) {
        refused = isRefusedWithout(moment, logs.getFirst());
      }
    }
    assertThat(refused).as("a copy in the middle of a flush was refused").isTrue();
  }

  /** Cuts and deletes the older log; it is right all the same where a flush has ended. */
  private boolean isRefusedWithout(LivedDirectory.Moment moment, Path log) throws Exception {
    byte[] content = Files.readAllBytes(log);
    LivedDirectory.Moment cut = new LivedDirectory.Moment(copy(moment), moment.rows());
    Files.write(
        cut.rocksdb().resolve(log.getFileName()), Arrays.copyOf(content, content.length - 3));
    LivedDirectory.Moment gone = new LivedDirectory.Moment(copy(moment), moment.rows());
    Files.delete(gone.rocksdb().resolve(log.getFileName()));
    Outcome used = Outcome.ofUse(cut);
    for (Outcome outcome : List.of(used, Outcome.ofUse(gone))) {
      switch (outcome) {
        case Outcome.Right _ -> {}
        case Outcome.Refused(String message) ->
            assertThat(message).contains(log.getFileName().toString());
        case Outcome.Told _, Outcome.Wrong _ -> throw new AssertionError(outcome.toString());
      }
    }
    return used instanceof Outcome.Refused;
  }

  /**
   * A MANIFEST that ends earlier is one of an older state. No flush is going on when it is copied.
   */
  @Test
  void aManifestIsRefusedWhereverItIsCut() throws Exception {
    lived.write(300, 600);
    lived.reopen();
    lived.write(2, 100);
    LivedDirectory.Moment moment = lived.moment();
    assertCutIsRefused(moment, LivedDirectory.files(moment.rocksdb(), "MANIFEST").getFirst());
  }

  private void assertCutIsRefused(LivedDirectory.Moment moment, Path file) throws Exception {
    byte[] content = Files.readAllBytes(file);
    for (int length = content.length - 1; length >= 0; length -= STEP) {
      assertRefused(moment, file, Arrays.copyOf(content, length), "cut to " + length);
    }
  }

  private void assertMissingIsRefused(LivedDirectory.Moment moment, Path file) throws Exception {
    Path copy = copy(moment);
    Files.delete(copy.resolve(moment.path().relativize(file)));
    assertRefused(copy, file, "gone");
  }

  private void assertRefused(LivedDirectory.Moment moment, Path file, byte[] damaged, String what)
      throws Exception {
    Path copy = copy(moment);
    Files.write(copy.resolve(moment.path().relativize(file)), damaged);
    assertRefused(copy, file, what);
  }

  private static void assertRefused(Path data, Path file, String what) {
    String name = file.getFileName().toString();
    assertThat(
            catchThrowableOfType(
                DataDirectoryException.class, () -> TestVolumes.openReadOnly(data)))
        .as("looked at, %s, %s", name, what)
        .hasMessageContaining(name);
    assertThat(catchThrowableOfType(DataDirectoryException.class, () -> TestVolumes.open(data)))
        .as("opened, %s, %s", name, what)
        .hasMessageContaining(name);
  }

  private Path copy(LivedDirectory.Moment moment) throws Exception {
    Path copy = parent.resolve("try-" + tries++);
    TestVolumes.copy(moment.path(), copy);
    return copy;
  }

  /** Returns where the records of a log begin. */
  private static List<Long> offsets(Path log) throws Exception {
    List<Long> offsets = new ArrayList<>();
    LogWalk.walk(log, record -> offsets.add(record.offset()));
    return offsets;
  }

  /** Returns where the fragments of records begin: those of the records, and of each block. */
  private static List<Long> fragments(Path log) throws Exception {
    List<Long> fragments = offsets(log);
    for (long block = LogWalk.BLOCK_BYTES; block < Files.size(log); block += LogWalk.BLOCK_BYTES) {
      fragments.add(block);
    }
    return fragments;
  }
}
