package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.ostraka.storage.rocksdb.TestVolumes.bytes;
import static org.ostraka.storage.rocksdb.TestVolumes.key;
import static org.ostraka.storage.rocksdb.TestVolumes.put;
import static org.ostraka.storage.rocksdb.TestVolumes.read;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.storage.Store;
import org.ostraka.testkit.random.RandomCase;

/** Lost data is refused by default; whoever accepts the loss goes on with what was before it. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LostWritesTest {
  private static final RocksSettings SMALL = new RocksSettings(1 << 20, 64 << 10, 0);
  private static final int ROWS = 300;
  private static final int DAMAGES = 40;

  @TempDir Path parent;
  private Path copy;

  /**
   * Rows in the order of their numbers, in table files and in the log. The server has stopped, so
   * that the witness, which lags behind while it runs, knows of all of them.
   */
  @BeforeEach
  void writeAndCopy() throws Exception {
    copy = parent.resolve("copy");
    try (TestVolumes.Opened opened = TestVolumes.open(parent.resolve("data"), SMALL)) {
      for (int i = 0; i < ROWS; i++) {
        put(opened.store(), key(i), bytes("value " + i + "x".repeat(400)));
      }
    }
    TestVolumes.copy(parent.resolve("data"), copy);
  }

  @Test
  void aCutLogIsRefusedUntilTheLossIsAccepted() throws Exception {
    Path log = newestLog();
    byte[] content = Files.readAllBytes(log);
    byte[] cut = Arrays.copyOf(content, content.length - 3);
    Files.write(log, cut);
    DataDirectoryException refusal =
        catchThrowableOfType(DataDirectoryException.class, () -> TestVolumes.open(copy));
    assertThat(refusal.hasLostWrites()).isTrue();
    assertThat(refusal).hasMessageContaining(log + " ends at ");

    try (TestVolumes.Opened opened = TestVolumes.openAcceptingLoss(copy)) {
      assertThat(rowsInOrder(opened.store())).isEqualTo(ROWS - 1);
      put(opened.store(), key(ROWS), bytes("after"));
    }
    assertThat(copy.resolve("given-up-1").resolve(log.getFileName())).hasBinaryContent(cut);
    try (TestVolumes.Opened opened = TestVolumes.open(copy)) {
      assertThat(read(opened.store(), key(ROWS))).contains(bytes("after"));
      assertThat(read(opened.store(), key(ROWS - 1))).isEmpty();
    }
  }

  @Test
  void aWitnessThatIsGoneIsRefusedUntilTheLossIsAccepted() throws Exception {
    Path witness = copy.resolve("ostraka.durable");
    Files.delete(witness);
    assertThatThrownBy(() -> TestVolumes.open(copy))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining(witness + " is missing");
    try (TestVolumes.Opened opened = TestVolumes.openAcceptingLoss(copy)) {
      assertThat(rowsInOrder(opened.store())).isEqualTo(ROWS);
    }
    TestVolumes.open(copy).close();
  }

  @Test
  void whoAcceptsALossThatIsNoneLosesNothing() throws Exception {
    try (TestVolumes.Opened opened = TestVolumes.openAcceptingLoss(copy)) {
      assertThat(rowsInOrder(opened.store())).isEqualTo(ROWS);
    }
    assertThat(copy.resolve("given-up-1")).doesNotExist();
  }

  /** Whatever is lost of the logs, there are no holes in the middle of the writes. */
  @Test
  void whatIsLeftIsWhatWasBeforeSomeMoment(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    for (int damage = 0; damage < DAMAGES; damage++) {
      RandomGenerator chance = random.branch(damage);
      Path damaged = parent.resolve("damaged-" + damage);
      TestVolumes.copy(copy, damaged);
      Path file = RandomDamage.anyOf(LivedDirectory.files(damaged, ".log"), chance);
      String how = RandomDamage.of(file, chance);
      try (TestVolumes.Opened opened = TestVolumes.openAcceptingLoss(damaged)) {
        rowsInOrder(opened.store());
      } catch (DataDirectoryException | AssertionError wrong) {
        throw new AssertionError(how + "; " + random.command(), wrong);
      }
    }
  }

  /** What a MANIFEST does not say any more may be a hole: only a backup helps. */
  @Test
  void aDamagedManifestIsRefusedAlsoToWhoAcceptsALoss() throws Exception {
    Path manifest = LivedDirectory.files(copy, "MANIFEST").getFirst();
    byte[] content = Files.readAllBytes(manifest);
    Files.write(manifest, Arrays.copyOf(content, content.length / 2));
    DataDirectoryException refusal =
        catchThrowableOfType(
            DataDirectoryException.class, () -> TestVolumes.openAcceptingLoss(copy));
    assertThat(refusal).hasMessageContaining(manifest + " ends at ");
    assertThat(refusal.hasLostWrites()).isFalse();
    assertThat(manifest).hasBinaryContent(Arrays.copyOf(content, content.length / 2));
  }

  /** How many rows there are, which must be the first ones. */
  private static int rowsInOrder(Store store) {
    int count = 0;
    while (count < ROWS && read(store, key(count)).isPresent()) {
      count++;
    }
    for (int i = count; i < ROWS; i++) {
      assertThat(read(store, key(i))).as("row %d, without row %d", i, count).isEmpty();
    }
    return count;
  }

  private Path newestLog() throws Exception {
    return LivedDirectory.files(copy, ".log").getLast();
  }
}
