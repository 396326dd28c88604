package org.ostraka.engine.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.engine.expiry.ExpiringTable.ITEMS;
import static org.ostraka.engine.expiry.ExpiringTable.TABLE;
import static org.ostraka.engine.expiry.ExpiringTable.build;
import static org.ostraka.engine.expiry.ExpiringTable.filled;
import static org.ostraka.engine.expiry.ExpiringTable.index;
import static org.ostraka.engine.expiry.ExpiringTable.rows;
import static org.ostraka.engine.expiry.ExpiringTable.sweep;
import static org.ostraka.engine.expiry.ExpiringTable.verifyClean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.model.TimeToLiveStatus;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.volume.MemoryVolume;

/** The store fails at any step, and the machine loses power: expiry goes on afterwards. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ExpiryCrashTest {

  /** Lets so many steps of a volume happen once it is armed, and none after them. Any thread. */
  private static final class Steps implements MemoryVolume.Steps {
    private long left = Long.MAX_VALUE;

    synchronized void arm(int steps) {
      left = steps;
    }

    @Override
    public synchronized void before(MemoryVolume.Step step) {
      if (left <= 0) {
        throw new StorageFailedException("the volume fails from here on");
      }
      left--;
    }
  }

  @Test
  void buildingTheIndexGoesOnWhereverItWasCutShort() {
    boolean cut = true;
    for (int steps = 0; cut; steps++) {
      Steps failing = new Steps();
      TestEngine engine = filled(new MemoryVolume(failing));
      failing.arm(steps);
      cut =
          isCut(() -> {
            engine.updateTimeToLive(TABLE, "ttl", true);
            engine.builder(3).run(IndexBuilder.Pace.UNBROKEN);
          });
      TestEngine after = engine.afterCrash(steps % 2, MemoryVolume.Steps.SOUND);
      assertThat(after.check().named()).isEmpty();
      boolean enabled = after.timeToLive(TABLE).status() != TimeToLiveStatus.DISABLED;
      assertThat(enabled || cut).isTrue();
      build(after);
      assertThat(after.check().named()).isEmpty();
      sweep(after);
      assertThat(after.size(TABLE).itemCount()).isEqualTo(enabled ? ITEMS / 2 : ITEMS);
      verifyClean(after);
    }
  }

  @Test
  void aSweepGoesOnWhereverItWasCutShort() {
    boolean cut = true;
    for (int steps = 0; cut; steps++) {
      Steps failing = new Steps();
      TestEngine engine = filled(new MemoryVolume(failing));
      engine.updateTimeToLive(TABLE, "ttl", true);
      build(engine);
      failing.arm(steps);
      cut = isCut(() -> sweep(engine));
      TestEngine after = engine.afterCrash(steps % 2, MemoryVolume.Steps.SOUND);
      assertThat(after.check().named()).isEmpty();
      Sweeper sweeper = after.sweeper(3);
      sweeper.sweep(IndexBuilder.Pace.UNBROKEN);
      assertThat(sweeper.deleted()).isLessThanOrEqualTo(ITEMS / 2);
      for (int i = 0; i < ITEMS; i++) {
        assertThat(after.get(TABLE, "" + i).isPresent()).as("item " + i).isEqualTo(i % 2 == 1);
      }
      verifyClean(after);
    }
  }

  @Test
  void disablingGoesOnWhereverItWasCutShort() {
    boolean cut = true;
    for (int steps = 0; cut; steps++) {
      Steps failing = new Steps();
      TestEngine engine = filled(new MemoryVolume(failing));
      engine.updateTimeToLive(TABLE, "ttl", true);
      build(engine);
      Space index = index(engine);
      failing.arm(steps);
      cut =
          isCut(() -> {
            engine.updateTimeToLive(TABLE, "ttl", false);
            engine.catalogue().maintain();
          });
      TestEngine after = engine.afterCrash(steps % 2, MemoryVolume.Steps.SOUND);
      assertThat(after.check().named()).isEmpty();
      boolean disabled = after.timeToLive(TABLE).status() == TimeToLiveStatus.DISABLED;
      assertThat(disabled || cut).isTrue();
      after.catalogue().maintain();
      assertThat(rows(after, index) == 0).isEqualTo(disabled);
      sweep(after);
      assertThat(after.size(TABLE).itemCount()).isEqualTo(disabled ? ITEMS : ITEMS / 2);
      verifyClean(after);
    }
  }

  private static boolean isCut(Runnable work) {
    try {
      work.run();
      return false;
    } catch (StorageException _) {
      return true;
    }
  }
}
