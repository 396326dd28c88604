package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness is there whole or not at all, and gives the newest state that was written. */
final class WitnessFileTest {
  @TempDir private Path directory;

  @Test
  void fileThatIsNotPublishedLeavesNoneBehind() throws Exception {
    WitnessFile.draft(path()).close();
    assertThat(path()).doesNotExist();
  }

  @Test
  void fileThatIsNotPublishedLeavesTheOneBeforeAsItWas() throws Exception {
    try (WitnessFile before = WitnessFile.draft(path())) {
      before.publish(state(1));
    }
    WitnessFile.draft(path()).close();
    assertThat(WitnessFile.read(path())).contains(state(1));
  }

  @Test
  void publishedFileTakesThePlaceOfTheOneBefore() throws Exception {
    for (int moment = 1; moment <= 2; moment++) {
      try (WitnessFile file = WitnessFile.draft(path())) {
        file.publish(state(moment));
      }
      assertThat(WitnessFile.read(path())).contains(state(moment));
    }
    assertThat(Files.size(path())).isEqualTo(3L * DurableState.MAX_BYTES);
  }

  @Test
  void newestStateOfAllSlotsIsRead() throws Exception {
    try (WitnessFile file = WitnessFile.draft(path())) {
      file.publish(state(1));
      file.writeSynced(state(2));
      assertThat(WitnessFile.read(path())).contains(state(2));
      file.writeLive(state(3));
      assertThat(WitnessFile.read(path())).contains(state(3));
      file.writeSynced(state(4));
      file.writeSynced(state(5));
      assertThat(WitnessFile.read(path())).contains(state(5));
    }
  }

  private Path path() {
    return directory.resolve("ostraka.durable");
  }

  private static DurableState state(long moment) {
    return new DurableState(
        moment, 10 * moment, 4, 100, List.of(new DurableState.Log(7, 50 * moment, 10 * moment)));
  }
}
