package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Bytes;
import org.ostraka.storage.RowKey;
import org.ostraka.testkit.random.RandomCase;

/**
 * The power goes while a commit is on its way to the disk: of what it writes to the log, any
 * sectors are there, zeros are in place of the others, and the file may end anywhere. The witness
 * may be behind, and its last slot may be anything. The next start always succeeds, and shows all
 * commits before that one; so does a look.
 *
 * <p>It tries {@code -Dostraka.powerlosses=N} times.
 */
@Timeout(value = 3_600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PowerLossTest {
  private static final int LOSSES = Integer.getInteger("ostraka.powerlosses", 60);
  private static final int SECTOR_BYTES = 512;
  private static final int LIVE_SLOT_AT = 2 * DurableState.MAX_BYTES;

  @TempDir Path parent;

  @Test
  void aCommitThatWasNotSyncedIsThereOrNotAndNothingElseIsLost(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    try (LivedDirectory lived = new LivedDirectory(parent, random.branch(-1))) {
      for (int loss = 0; loss < LOSSES; loss++) {
        losePower(lived, loss, random);
      }
    }
  }

  private static void losePower(LivedDirectory lived, int number, RandomCase random)
      throws Exception {
    RandomGenerator chance = random.branch(number);
    lived.write(chance.nextInt(20), 600);
    LivedDirectory.Moment before = lived.moment();
    lived.writeTogether(1 + chance.nextInt(chance.nextBoolean() ? 3 : 80), 3_000);
    LivedDirectory.Moment after = lived.moment();
    String what = tear(before, after, chance) + "; loss " + number + "; " + random.command();
    garble(before.path().resolve("ostraka.durable"), chance);

    LivedDirectory.Moment whole = new LivedDirectory.Moment(before.path(), after.rows());
    Outcome looked = Outcome.ofLook(before);
    if (!(looked instanceof Outcome.Right)) {
      assertThat(Outcome.ofLook(whole))
          .as("looked at: %s, %s", looked, what)
          .isInstanceOf(Outcome.Right.class);
    }
    Map<RowKey, Bytes> expected = looked instanceof Outcome.Right ? before.rows() : after.rows();
    LivedDirectory.Moment seen = new LivedDirectory.Moment(before.path(), expected);
    assertThat(Outcome.ofUse(seen)).as(what).isInstanceOf(Outcome.Right.class);
    assertThat(Outcome.ofUse(seen)).as("again, " + what).isInstanceOf(Outcome.Right.class);
  }

  /** Gives the log of the first moment some of what the second one has more. */
  private static String tear(
      LivedDirectory.Moment before, LivedDirectory.Moment after, RandomGenerator random)
      throws Exception {
    Path log = newestLog(before);
    Path later = after.rocksdb().resolve(log.getFileName());
    if (!Files.exists(later) || Files.size(later) == Files.size(log)) {
      // The commit went into a new log, whose name may be durable without any of its bytes.
      log = before.rocksdb().resolve(newestLog(after).getFileName());
      later = newestLog(after);
      Files.write(log, new byte[0]);
    }
    byte[] durable = Files.readAllBytes(log);
    byte[] torn = Files.readAllBytes(later);
    int odds = 1 + random.nextInt(6);
    for (int sector = durable.length / SECTOR_BYTES;
        sector * SECTOR_BYTES < torn.length;
        sector++) {
      if (random.nextInt(odds) == 0) {
        int from = Math.max(durable.length, sector * SECTOR_BYTES);
        Arrays.fill(torn, from, Math.min(torn.length, (sector + 1) * SECTOR_BYTES), (byte) 0);
      }
    }
    int end =
        random.nextBoolean()
            ? torn.length
            : durable.length + random.nextInt(torn.length - durable.length + 1);
    Files.write(log, Arrays.copyOf(torn, end));
    return "%s, durable to %d, written to %d, ends at %d"
        .formatted(log.getFileName(), durable.length, torn.length, end);
  }

  private static Path newestLog(LivedDirectory.Moment moment) throws Exception {
    List<Path> logs = LivedDirectory.files(moment.rocksdb(), ".log");
    return logs.getLast();
  }

  /** The slot that is not synced may be anything. */
  private static void garble(Path witness, RandomGenerator random) throws Exception {
    if (random.nextBoolean()) {
      return;
    }
    byte[] garbage = new byte[1 + random.nextInt(200)];
    random.nextBytes(garbage);
    try (FileChannel channel = FileChannel.open(witness, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(garbage), LIVE_SLOT_AT + random.nextInt(100));
    }
  }
}
