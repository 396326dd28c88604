package org.ostraka.voting.ballot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.voting.TwoMemories;

/** When votes are written again that could not be written together. */
@Timeout(60)
final class MixerTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(TwoMemories.OPENS);

  @Test
  void votesThatCannotBeWrittenAreWrittenAgainAfterGrowingPauses() {
    List<Instant> writes = new ArrayList<>();
    Mixer mixer =
        new Mixer(
            1,
            _ -> {
              writes.add(now.get());
              return Map.of();
            },
            () -> now.updateAndGet(it -> it.plusMillis(5)),
            () -> 0);
    assertThat(mixer.cast(new SecretVote("v", "a", "1"))).isInstanceOf(Outcome.Unknown.class);
    assertThat(writes).hasSizeGreaterThan(5);
    for (int at = 1; at < 6; at++) {
      assertThat(Duration.between(writes.get(at - 1), writes.get(at)))
          .as("pause before write " + (at + 1))
          .isGreaterThanOrEqualTo(Duration.ofMillis(10L << (at - 1)));
    }
  }

  /** If they met different votes, requests would show which voter and ballot are in both. */
  @Test
  void votesThatGoBackFromATransactionAreInTheNextOneTogether() throws Exception {
    List<List<SecretVote>> writes = writeAfterRequeue(16, 0, 20);
    assertThat(writes.getFirst()).hasSize(16);
    assertThat(writes.subList(1, writes.size()))
        .hasSize(2)
        .allSatisfy(write ->
            assertThat(
                    write.containsAll(writes.getFirst())
                        || Collections.disjoint(write, writes.getFirst()))
                .isTrue());
  }

  @Test
  void aFewThatGoBackWaitForCompanyRatherThanBeingDividedOrWrittenAlone() throws Exception {
    List<List<SecretVote>> writes = writeAfterRequeue(8, 5, 22);
    List<SecretVote> back = writes.getFirst().subList(5, 8);
    assertThat(writes.subList(1, writes.size()))
        .as("the votes that fill a transaction without them")
        .singleElement()
        .satisfies(write -> assertThat(write).hasSize(22).doesNotContainAnyElementsOf(back));
  }

  /**
   * Writes votes of which some are answered and the others go back behind new votes that came
   * meanwhile; returns the votes of each transaction. Waits until all have an outcome.
   */
  private List<List<SecretVote>> writeAfterRequeue(int votes, int answered, int more)
      throws Exception {
    List<List<SecretVote>> writes = new CopyOnWriteArrayList<>();
    AtomicReference<Mixer> made = new AtomicReference<>();
    CountDownLatch back = new CountDownLatch(1);
    List<Future<Outcome>> outcomes = new CopyOnWriteArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntConsumer cast =
          number ->
              outcomes.add(
                  threads.submit(
                      () -> made.get().cast(new SecretVote("v" + number, "a", "n" + number))));
      made.set(
          new Mixer(
              8,
              together -> {
                writes.add(together);
                if (writes.size() > 1) {
                  return answers(together);
                }
                IntStream.range(votes, votes + more).forEach(cast);
                TwoMemories.await(() -> made.get().underWayAndWaiting() == votes + more);
                return answers(together.subList(0, answered));
              },
              now::get,
              () -> {
                back.countDown();
                return 0;
              }));
      IntStream.range(0, votes).forEach(cast);
      TwoMemories.await(() -> made.get().underWayAndWaiting() == votes);
      now.updateAndGet(it -> it.plusMillis(60));
      back.await();
      // The lock is held until the votes are in the queue, which this waits for.
      TwoMemories.await(() -> made.get().underWayAndWaiting() <= votes + more);
      now.updateAndGet(it -> it.plusMillis(600));
      TwoMemories.await(() -> writes.size() > 1);
      TwoMemories.await(() -> {
        now.updateAndGet(it -> it.plusMillis(500));
        return outcomes.stream().allMatch(Future::isDone);
      });
    }
    return writes;
  }

  private static Map<SecretVote, Outcome> answers(List<SecretVote> votes) {
    return votes.stream().collect(Collectors.toMap(it -> it, _ -> new Outcome.NotOpen()));
  }
}
