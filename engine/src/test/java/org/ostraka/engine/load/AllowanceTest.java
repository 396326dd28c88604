package org.ostraka.engine.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.model.Bytes;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Verdict;
import org.ostraka.testkit.store.MemoryStoreFixture;

/** Limits of a request are kept, and nothing is done beyond them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AllowanceTest {
  private static final int KILOBYTE = 1024;
  private static final List<RowKey> KEYS =
      List.of(new RowKey(new Space(77), Bytes.of(1), Bytes.EMPTY));

  @Test
  void aSharedThreadComputesLittleAndAnOwnOneAnything() {
    Allowance shared = Allowance.onSharedThread(Room.ENDLESS, Room.ENDLESS, new HeavyRows());
    shared.compute(5_000);
    assertThatThrownBy(() -> shared.compute(5_000)).isInstanceOf(TooMuchWorkException.class);
    Allowance own = shared.goingOnElsewhere();
    own.compute(Long.MAX_VALUE / 2);
  }

  @Test
  void aDecisionThatFindsNoRoomIsTakenAgainWhenThereIsRoom() {
    SharedRoom answers = new SharedRoom(100 * KILOBYTE, Duration.ofSeconds(30));
    Room other = answers.share();
    assertThat(other.hold(90 * KILOBYTE)).isTrue();
    Room share = answers.share();
    Room freedWhileWaiting =
        new Room() {
          @Override
          public boolean hold(long bytes) {
            return share.hold(bytes);
          }

          @Override
          public boolean await(long bytes) {
            other.hold(0);
            return share.await(bytes);
          }
        };
    AtomicInteger taken = new AtomicInteger();
    try (MemoryStoreFixture fixture = new MemoryStoreFixture(RandomGenerator.getDefault())) {
      Allowance allowance = Allowance.onOwnThread(freedWhileWaiting, Room.ENDLESS, new HeavyRows());
      String decided =
          allowance.transact(
              fixture.store(),
              KEYS,
              List.of(),
              _ -> {
                taken.incrementAndGet();
                allowance.holdDecided(20 * KILOBYTE, 0);
                return Verdict.unchanged("done");
              });
      assertThat(decided).isEqualTo("done");
      assertThat(taken).hasValue(2);
      assertThat(allowance.answerBytes()).isEqualTo(20 * KILOBYTE);
      assertThat(answers.share().hold(80 * KILOBYTE)).isTrue();
    }
  }

  @Test
  void aDecisionWithoutRoomInTimeIsRefused() {
    SharedRoom rows = new SharedRoom(10 * KILOBYTE, Duration.ofMillis(1));
    List<String> taken = new ArrayList<>();
    try (MemoryStoreFixture fixture = new MemoryStoreFixture(RandomGenerator.getDefault())) {
      Allowance allowance = Allowance.onOwnThread(Room.ENDLESS, rows.share(), new HeavyRows());
      assertThatThrownBy(() ->
              allowance.transact(
                  fixture.store(),
                  KEYS,
                  List.of(),
                  _ -> {
                    taken.add("x");
                    allowance.holdDecided(0, 20 * KILOBYTE);
                    return Verdict.unchanged("done");
                  }))
          .isInstanceOf(OverloadedException.class);
    }
    assertThat(taken).hasSize(1);
    assertThat(rows.share().hold(10 * KILOBYTE)).isTrue();
  }

  @Test
  void rowsAreHeldUntilTheyAreDurableAndAnswersLonger() {
    SharedRoom answers = new SharedRoom(10 * KILOBYTE, Duration.ZERO);
    SharedRoom rows = new SharedRoom(10 * KILOBYTE, Duration.ZERO);
    try (MemoryStoreFixture fixture = new MemoryStoreFixture(RandomGenerator.getDefault())) {
      Allowance allowance = Allowance.onOwnThread(answers.share(), rows.share(), new HeavyRows());
      allowance.transact(
          fixture.store(),
          KEYS,
          List.of(),
          _ -> {
            allowance.holdDecided(4 * KILOBYTE, 6 * KILOBYTE);
            assertThat(rows.share().hold(5 * KILOBYTE)).isFalse();
            return Verdict.unchanged("done");
          });
    }
    assertThat(rows.share().hold(10 * KILOBYTE)).isTrue();
    assertThat(answers.share().hold(7 * KILOBYTE)).isFalse();
  }
}
