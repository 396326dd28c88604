package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.region.TableCopy;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Region;
import org.ostraka.model.operation.ReplicaSettings;
import org.ostraka.model.operation.ReplicaUpdate;
import org.ostraka.storage.volume.MemoryVolume;

/** A table is copied to a new replica, and the copy is interrupted in the middle. */
@Timeout(120)
final class ReplicaCopiesTest {
  private static final String TABLE = "votes";
  private static final Region HERE = new Region("eu-central-1");
  private static final Region THERE = new Region("us-east-1");
  private static final int ITEMS = 4_500;

  /** Rows that are copied at once. */
  private static final int PAGE = 1_000;

  private final TestNetwork network = new TestNetwork();
  private final MemoryVolume volume = new MemoryVolume(MemoryVolume.Steps.SOUND);
  private TestRegion here = open(HERE, volume);
  private final TestRegion there = open(THERE, new MemoryVolume(MemoryVolume.Steps.SOUND));

  private TestRegion open(Region name, MemoryVolume data) {
    SplittableRandom random = new SplittableRandom(1);
    TestRegion region =
        new TestRegion(name.value(), Clock.systemUTC(), network.from(name.value()), random, data);
    network.add(region);
    return region;
  }

  @BeforeEach
  void copyHalf() throws InterruptedException {
    here.createTable(TABLE);
    for (int i = 0; i < ITEMS; i++) {
      here.put(TABLE, "key-" + i, "Graz", "old");
    }
    network.cutAfter(3 * PAGE);
    here.change(TABLE, new ReplicaUpdate(THERE.value(), null, null, ReplicaSettings.NONE));
    TestRegion.await("a part is copied", () -> network.changes() == 3 * PAGE);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  @Test
  void aCopyGoesOnAfterARestart() throws Exception {
    restart();
    // Some of these items are copied already, and others are not.
    for (int i = 0; i < 100; i++) {
      here.delete(TABLE, "key-" + i);
      here.put(TABLE, "key-" + (100 + i), "Wien", "new");
    }
    network.heal();
    TestRegion.await("the replica is active", this::isActive);
    TestRegion.await("both are equal", () -> there.items(TABLE).equals(here.items(TABLE)));
    assertThat(there.items(TABLE)).hasSize(ITEMS - 100);
    // At most one page is sent again; the tombstones are sent by the copy and by the reader.
    assertThat(network.changes(THERE)).isLessThanOrEqualTo(ITEMS + PAGE + 200 + 100);
  }

  @Test
  void aCopyBeginsAnewWhenChangesOfCopiedItemsAreLost() throws Exception {
    for (int i = 0; i < 100; i++) {
      here.delete(TABLE, "key-" + i);
      here.put(TABLE, "key-" + (100 + i), "Wien", "new");
    }
    here.trim(TABLE);
    restart();
    network.heal();
    TestRegion.await("both are equal", () -> there.items(TABLE).equals(here.items(TABLE)));
    TestRegion.await("the replica is active", this::isActive);
    assertThat(there.items(TABLE)).hasSize(ITEMS - 100);
  }

  @Test
  void aReplicaThatIsBeingFilledSendsNothingBack() throws Exception {
    // The new replica makes a copy itself, of what it has by then; this one is of all items.
    TestRegion.await("the new replica sends changes", () -> there.sends(TABLE, HERE));
    TableCopy copy = there.copy(TABLE, HERE, network.from(THERE.value()).to(HERE).orElseThrow());
    network.heal();
    TestRegion.await("the replica is active", this::isActive);
    TableCopy.Progress progress = TableCopy.Progress.GOES_ON;
    while (progress == TableCopy.Progress.GOES_ON) {
      progress = copy.step();
    }
    assertThat(progress).isEqualTo(TableCopy.Progress.DONE);
    assertThat(there.items(TABLE)).hasSize(ITEMS);
    assertThat(network.changes(HERE)).isZero();
  }

  private void restart() {
    here.close();
    here = open(HERE, volume);
  }

  private boolean isActive() {
    return here.describe(TABLE).global().orElseThrow().members().stream()
        .allMatch(member -> member.state() == GlobalTable.State.ACTIVE && member.copied());
  }
}
