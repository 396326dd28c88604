package org.ostraka.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.model.Bytes;
import org.ostraka.storage.AbandonedDecisionException;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Guard;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Origin;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Version;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/** What is decided and not yet durable: later decisions build on it, and nobody is told of it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class VolumeStorePendingTest {
  private static final Space SPACE = new Space(1);
  private static final LogId LOG = new LogId(SPACE);
  private static final RowKey KEY = new RowKey(SPACE, Bytes.of('p'), Bytes.of('s'));
  private static final RowKey OTHER = new RowKey(SPACE, Bytes.of('q'), Bytes.of('s'));
  private static final Bytes ONE = Bytes.of(1);
  private static final Bytes TWO = Bytes.of(2);

  private final HeldSync sync = new HeldSync();
  private final List<Throwable> stops = new ArrayList<>();
  private final VolumeStore store =
      new VolumeStore(
          new MemoryVolume(sync),
          new HybridClock(InstantSource.system()),
          Thread.ofPlatform().factory(),
          stops::add);

  @AfterEach
  void close() {
    sync.release(Optional.empty());
    store.close();
  }

  @Test
  void readersDoNotSeeAPendingRow() {
    Call<String> put = put(KEY, ONE);
    sync.awaitReached();

    assertThat(store.read(KEY, Consistency.STRONG)).isEmpty();
    assertThat(store.scan(Range.OfSlice.all(SPACE), Consistency.STRONG, Wanted.ALL).next())
        .isEmpty();
    assertThat(store.readLog(LOG, Position.START, 1, Long.MAX_VALUE).records()).isEmpty();
    assertThat(put.isOver()).isFalse();

    sync.release(Optional.empty());
    assertThat(put.result()).isEqualTo("put");
    assertThat(store.read(KEY, Consistency.STRONG).map(Row::value)).contains(ONE);
    assertThat(store.readLog(LOG, Position.START, 1, Long.MAX_VALUE).records()).hasSize(1);
  }

  @Test
  void readersSeeARowUntilItsPendingDeletionIsDurable() {
    sync.release(Optional.empty());
    put(KEY, ONE).result();
    sync.hold();
    Call<String> delete = call(() -> writing(List.of(new Write.Delete(KEY))));
    sync.awaitReached();

    assertThat(store.read(KEY, Consistency.STRONG).map(Row::value)).contains(ONE);
    Seen seen = new Seen();
    Call<String> decision = call(() -> seen.decideNothing(KEY));
    assertThat(seen.value()).isEmpty();
    sync.release(Optional.empty());
    assertThat(delete.result()).isEqualTo("put");
    assertThat(decision.result()).isEqualTo("nothing");
    assertThat(store.read(KEY, Consistency.STRONG)).isEmpty();
  }

  @Test
  void floorIsDurableWhileDecisionsWait() {
    sync.release(Optional.empty());
    put(KEY, ONE).result();
    Stamp durable = store.read(KEY, Consistency.STRONG).map(Row::version).orElseThrow().stamp();
    sync.hold();
    Call<String> waiting = put(OTHER, TWO);
    sync.awaitReached();

    assertThat(store.floor()).isEqualTo(durable);
    sync.release(Optional.empty());
    assertThat(waiting.result()).isEqualTo("put");
    assertThat(store.floor()).isGreaterThan(durable);
  }

  @Test
  void laterDecisionSeesAPendingRowBeforeItIsDurable() {
    Call<String> first = put(KEY, ONE);
    sync.awaitReached();
    Seen seen = new Seen();
    Call<String> second =
        call(() -> seen.decide(new Verdict<>("second", List.of(new Write.Put(KEY, TWO)))));

    assertThat(seen.value()).contains(ONE);
    second.awaitStandstill();
    assertThat(first.isOver()).isFalse();
    assertThat(second.isOver()).isFalse();
    sync.release(Optional.empty());
    assertThat(first.result()).isEqualTo("put");
    assertThat(second.result()).isEqualTo("second");
    assertThat(store.read(KEY, Consistency.STRONG).map(Row::value)).contains(TWO);
  }

  @Test
  void refusalThatSawAPendingRowIsNotToldBeforeTheRowIsDurable() {
    put(KEY, ONE);
    sync.awaitReached();
    Seen seen = new Seen();
    Call<String> refused = call(() -> seen.refuse(KEY));

    assertThat(seen.value()).contains(ONE);
    refused.awaitStandstill();
    assertThat(refused.isOver()).isFalse();
    sync.release(Optional.empty());
    assertThat(refused.failure()).hasMessage("refused");
  }

  @Test
  void answerThatSawAPendingRowIsNotToldBeforeTheRowIsDurable() {
    put(KEY, ONE);
    sync.awaitReached();
    Seen seen = new Seen();
    Call<String> answered = call(() -> seen.decideNothing(KEY));

    assertThat(seen.value()).contains(ONE);
    answered.awaitStandstill();
    assertThat(answered.isOver()).isFalse();
    sync.release(Optional.empty());
    assertThat(answered.result()).isEqualTo("nothing");
  }

  @Test
  void refusalThatSawNothingPendingIsToldAtOnce() {
    put(KEY, ONE);
    sync.awaitReached();

    assertThat(call(() -> new Seen().refuse(OTHER)).failure()).hasMessage("refused");
    assertThat(call(() -> new Seen().decideNothing(OTHER)).result()).isEqualTo("nothing");
  }

  @Test
  void abandonedDecisionThatSawAPendingRowEndsAtOnce() {
    put(KEY, ONE);
    sync.awaitReached();
    Call<String> abandoned =
        call(() ->
            store.transact(
                List.of(KEY),
                List.of(new Guard(OTHER, Optional.of(new Version(new Stamp(1), Origin.NONE)))),
                rows -> {
                  assertThat(rows.row(KEY)).isPresent();
                  throw new AbandonedDecisionException("later") {};
                }));

    assertThat(abandoned.failure()).hasMessage("later");
  }

  @Test
  void failedSyncLeavesItsGroupUnknownAndRefusesWhatWasDecidedUponIt() {
    Call<String> first = put(KEY, ONE);
    sync.awaitReached();
    Seen seen = new Seen();
    Call<String> second =
        call(() -> seen.decide(new Verdict<>("second", List.of(new Write.Put(OTHER, TWO)))));
    Seen refusedSeen = new Seen();
    Call<String> refused = call(() -> refusedSeen.refuse(KEY));
    second.awaitStandstill();
    refused.awaitStandstill();
    sync.release(Optional.of(new StorageFailedException("the sync failed")));

    assertThat(first.failure()).isInstanceOf(OutcomeUnknownException.class);
    assertThat(second.failure()).isInstanceOf(StorageFailedException.class);
    assertThat(refused.failure()).isInstanceOf(OutcomeUnknownException.class);
    assertThat(put(OTHER, ONE).failure()).isInstanceOf(StorageFailedException.class);
    store.close();
    assertThat(stops)
        .singleElement()
        .satisfies(why -> assertThat(why).hasMessage("the sync failed"));
  }

  private Call<String> put(RowKey key, Bytes value) {
    return call(() -> writing(List.of(new Write.Put(key, value), new Write.Append(LOG, value))));
  }

  private String writing(List<Write> writes) {
    return store.transact(List.of(KEY, OTHER), _ -> new Verdict<>("put", writes));
  }

  private <T> Call<T> call(Supplier<T> work) {
    return new Call<>(work);
  }

  /** Decisions that tell what they found as soon as they found it. */
  private final class Seen {
    private final CountDownLatch decided = new CountDownLatch(1);
    private final AtomicReference<Optional<Bytes>> found = new AtomicReference<>();

    Optional<Bytes> value() {
      try {
        decided.await();
      } catch (InterruptedException interrupted) {
        throw new AssertionError("the decision never ran", interrupted);
      }
      return found.get();
    }

    String decideNothing(RowKey key) {
      return look(key, Verdict.unchanged("nothing"));
    }

    String decide(Verdict<String> verdict) {
      return look(KEY, verdict);
    }

    private String look(RowKey key, Verdict<String> verdict) {
      return store.transact(
          List.of(key, OTHER),
          rows -> {
            found.set(rows.row(key).map(Row::value));
            decided.countDown();
            return verdict;
          });
    }

    String refuse(RowKey key) {
      return store.transact(
          List.of(key),
          rows -> {
            found.set(rows.row(key).map(Row::value));
            decided.countDown();
            throw new IllegalStateException("refused");
          });
    }
  }
}
