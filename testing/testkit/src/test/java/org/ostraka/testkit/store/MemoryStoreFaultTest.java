package org.ostraka.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.testkit.store.StoreClient.LOG;
import static org.ostraka.testkit.store.StoreClient.bytes;
import static org.ostraka.testkit.store.StoreClient.key;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeFullException;
import org.ostraka.storage.volume.VolumeStore;

/** The store's answers are true whichever step of its volume fails. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MemoryStoreFaultTest {

  @ParameterizedTest
  @EnumSource
  void anyStepMayFailForOneClient(MemoryVolume.Step kind) throws Exception {
    assertEveryFailureIsToldAsItIs(kind, 1);
  }

  @ParameterizedTest
  @EnumSource
  void anyStepMayFailForManyClients(MemoryVolume.Step kind) throws Exception {
    assertEveryFailureIsToldAsItIs(kind, 6);
  }

  private static void assertEveryFailureIsToldAsItIs(MemoryVolume.Step kind, int clients)
      throws Exception {
    int number = 1;
    while (new FaultRun(kind, number).run(clients)) {
      number++;
    }
    assertThat(number).as("steps that failed, one a run").isGreaterThan(5);
  }

  @Test
  void fullVolumeRefusesWritesAnswersReadsAndGoesOnWhenThereIsRoom() {
    AtomicBoolean full = new AtomicBoolean();
    AtomicInteger stops = new AtomicInteger();
    MemoryVolume volume = new MemoryVolume(step -> refuseWriteIf(full, step));
    try (Store store =
        new VolumeStore(
            volume,
            new HybridClock(InstantSource.system()),
            Thread.ofPlatform().factory(),
            _ -> stops.incrementAndGet())) {
      StoreClient client = new StoreClient(store);
      client.put("p", "before", "value");
      client.append(LOG, bytes("before"));
      full.set(true);

      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> client.put("p", "meanwhile", "value"))
            .isInstanceOf(StorageFailedException.class);
        assertThatThrownBy(() -> client.append(LOG, bytes("meanwhile")))
            .isInstanceOf(StorageFailedException.class);
        assertThatThrownBy(() -> store.drop(StoreClient.SPACE))
            .isInstanceOf(StorageFailedException.class);
      }
      assertThat(client.read(key("p", "before"))).contains(bytes("value"));
      assertThat(client.read(key("p", "meanwhile"))).isEmpty();
      Verdict<String> nothing = Verdict.unchanged("nothing");
      String answer = store.transact(List.of(key("p", "before")), _ -> nothing);
      assertThat(answer).isEqualTo("nothing");

      full.set(false);
      client.put("p", "after", "value");
      client.append(LOG, bytes("after"));
      assertThat(client.read(key("p", "after"))).contains(bytes("value"));
      assertThat(client.recordValues(LOG)).containsExactly(bytes("before"), bytes("after"));
      assertThat(client.records(LOG).getLast().position().value()).isEqualTo(2);
    }
    assertThat(stops).hasValue(0);
  }

  private static void refuseWriteIf(AtomicBoolean full, MemoryVolume.Step step)
      throws VolumeFullException {
    if (step == MemoryVolume.Step.WRITE && full.get()) {
      throw new VolumeFullException("no room");
    }
  }
}
