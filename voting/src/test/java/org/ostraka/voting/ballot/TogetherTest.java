package org.ostraka.voting.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.voting.TwoMemories;

@Timeout(60)
final class TogetherTest {
  private final Semaphore mayAnswer = new Semaphore(0);
  private final List<List<String>> calls = new ArrayList<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Instant deadline = Instant.EPOCH.plusMillis(20);
  private final Together<String, String> together =
      new Together<>(2, 3, question -> question.substring(0, 1), this::answer, now::get);

  private List<String> answer(List<String> questions) {
    synchronized (calls) {
      calls.add(questions);
    }
    mayAnswer.acquireUninterruptibly();
    if (questions.contains("x")) {
      throw new IllegalArgumentException("x");
    }
    return questions.stream().map(question -> question + "!").toList();
  }

  /** Returns how many calls have begun. */
  private int calls() {
    synchronized (calls) {
      return calls.size();
    }
  }

  private String ask(String question) {
    return together.ask(question, deadline).orElseThrow();
  }

  @Test
  void whatWaitsGoesTogetherInOrderAndOneSubjectOnlyOnce() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (String question : List.of("a", "b", "c", "a2", "d", "c2", "e", "f")) {
        answers.add(threads.submit(() -> ask(question)));
        int asked = answers.size();
        TwoMemories.await(
            () -> together.underWayAndWaiting() == asked && calls() == Math.min(asked, 2));
      }
      mayAnswer.release(100);
      assertThat(answers.get(3).get()).isEqualTo("a2!");
      for (Future<String> answer : answers) {
        assertThat(answer.get()).endsWith("!");
      }
      synchronized (calls) {
        assertThat(calls.subList(0, 2)).containsExactly(List.of("a"), List.of("b"));
        assertThat(calls).allSatisfy(call -> assertThat(call).hasSizeLessThanOrEqualTo(3));
        assertThat(calls.stream().mapToInt(List::size).sum()).isEqualTo(8);
        assertThat(calls).hasSizeLessThan(8);
        assertThat(calls).noneMatch(call -> call.containsAll(List.of("c", "c2")));
      }
    }
  }

  @Test
  void oneFailureIsThatOfItsCallOnly() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> failed = threads.submit(() -> ask("x"));
      TwoMemories.await(() -> together.underWayAndWaiting() == 1);
      Future<String> answered = threads.submit(() -> ask("y"));
      TwoMemories.await(() -> together.underWayAndWaiting() == 2);
      mayAnswer.release(2);
      assertThatThrownBy(failed::get).hasRootCauseInstanceOf(IllegalArgumentException.class);
      assertThat(answered.get()).isEqualTo("y!");
    }
  }

  @Test
  void nobodyIsForgotten() throws Exception {
    mayAnswer.release(1_000_000);
    CountDownLatch start = new CountDownLatch(1);
    Set<String> answered = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int number = 0; number < 2_000; number++) {
        String question = (char) ('a' + number % 20) + "-" + number;
        answers.add(
            threads.submit(() -> {
              start.await();
              return ask(question);
            }));
      }
      start.countDown();
      for (Future<String> answer : answers) {
        answered.add(answer.get());
      }
    }
    assertThat(answered).hasSize(2_000);
    assertThat(together.underWayAndWaiting()).isZero();
  }

  /** The clock stands still until the test moves it, so nothing is late before. */
  @Test
  void aQuestionThatNoCallHasTakenByItsDeadlineIsNeverAsked() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> first = new ArrayList<>();
      for (String question : List.of("a", "b")) {
        first.add(threads.submit(() -> ask(question)));
        int asked = first.size();
        TwoMemories.await(() -> together.underWayAndWaiting() == asked);
      }
      Future<Optional<String>> late = threads.submit(() -> together.ask("c", deadline));
      Future<Optional<String>> patient =
          threads.submit(() -> together.ask("d", deadline.plusSeconds(3_600)));
      try {
        TwoMemories.await(() -> together.underWayAndWaiting() == 4);
        now.set(deadline);
        assertThat(late.get()).isEmpty();
        assertThat(patient.isDone()).isFalse();
        assertThat(together.underWayAndWaiting()).isEqualTo(3);
      } finally {
        mayAnswer.release(100);
      }
      assertThat(patient.get()).contains("d!");
      for (Future<String> answer : first) {
        assertThat(answer.get()).as("a call under way goes on").endsWith("!");
      }
      synchronized (calls) {
        assertThat(calls).noneMatch(call -> call.contains("c"));
      }
    }
  }

  @Test
  void aQuestionWhoseSubjectIsUnderWayForTooLongHasNoAnswer() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> slow = threads.submit(() -> ask("a"));
      TwoMemories.await(() -> together.underWayAndWaiting() == 1);
      // One subject is in one call only, so the second question waits for the first call.
      Future<Optional<String>> late = threads.submit(() -> together.ask("a2", deadline));
      TwoMemories.await(() -> together.underWayAndWaiting() == 2);
      now.set(deadline);
      try {
        assertThat(late.get()).isEmpty();
      } finally {
        mayAnswer.release(100);
      }
      assertThat(slow.get()).isEqualTo("a!");
      assertThat(together.ask("a3", deadline.plusSeconds(1))).contains("a3!");
      assertThat(together.underWayAndWaiting()).isZero();
    }
  }

  @Test
  void aQuestionThatComesAfterItsDeadlineIsNotAskedThoughThereIsRoom() {
    mayAnswer.release();
    now.set(deadline);
    assertThat(together.ask("a", deadline)).isEmpty();
    synchronized (calls) {
      assertThat(calls).isEmpty();
    }
    assertThat(together.underWayAndWaiting()).isZero();
  }

  /** The thread of the late question still sleeps when the clock has passed its deadline. */
  @Test
  void aLateQuestionIsNotAskedWhenACallEnds() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String question : List.of("a", "b")) {
        int asked = together.underWayAndWaiting();
        var _ = threads.submit(() -> ask(question));
        TwoMemories.await(() -> together.underWayAndWaiting() == asked + 1);
      }
      Instant later = deadline.plusSeconds(3_600);
      Future<Optional<String>> late = threads.submit(() -> together.ask("c", later));
      TwoMemories.await(() -> together.underWayAndWaiting() == 3);
      now.set(later);
      mayAnswer.release(100);
      assertThat(late.get()).isEmpty();
      synchronized (calls) {
        assertThat(calls).noneMatch(call -> call.contains("c"));
      }
    } finally {
      mayAnswer.release(100);
    }
  }
}
