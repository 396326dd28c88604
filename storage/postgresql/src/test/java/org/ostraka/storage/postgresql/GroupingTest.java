package org.ostraka.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Which requests are carried out together. */
final class GroupingTest {
  private static final int ROOM = 3;

  private final List<List<Integer>> carriedOut = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final Grouping<Integer> grouping = new Grouping<>(1, Group::new);

  /** Waits with its first request, 0, until it is released. */
  private final class Group implements Grouping.Group<Integer> {
    private final List<Integer> members = new ArrayList<>();

    @Override
    public boolean takes(Integer request) {
      return members.size() < ROOM && members.add(request);
    }

    @Override
    public void carryOut() {
      carriedOut.add(members);
      if (members.contains(0)) {
        begun.countDown();
        awaitRelease();
      }
      if (members.stream().anyMatch(member -> member < 0)) {
        throw new IllegalArgumentException("refused: " + members);
      }
    }
  }

  @Test
  void requestAloneWaitsForNobody() {
    grouping.run(1);
    grouping.run(2);
    assertThat(carriedOut).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void requestsThatWaitGoTogetherInTheirOrderAsFarAsThereIsRoom() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = whileOneIsUnderWay(threads, List.of(1, 2, 3, 4, 5));
      release.countDown();
      for (Future<?> each : running) {
        each.get();
      }
    }
    assertThat(carriedOut).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
    grouping.run(6);
    assertThat(carriedOut).endsWith(List.of(6));
  }

  @Test
  void failureOfGroupReachesItsMembersAndNoOthers() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = whileOneIsUnderWay(threads, List.of(1, -2, 3, 4));
      release.countDown();
      running.getFirst().get();
      for (Future<?> member : running.subList(1, 4)) {
        assertThatThrownBy(member::get).hasMessageContaining("refused: [1, -2, 3]");
      }
      running.getLast().get();
    }
  }

  @Test
  void interruptedThreadsWaitAndStayInterrupted() throws Exception {
    List<Boolean> interrupted = new CopyOnWriteArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = whileOneIsUnderWay(threads, List.of());
      Future<?> member =
          threads.submit(() -> {
            Thread.currentThread().interrupt();
            grouping.run(1);
            interrupted.add(Thread.currentThread().isInterrupted());
          });
      while (grouping.waiting() == 0) {
        Thread.onSpinWait();
      }
      release.countDown();
      member.get();
      running.getFirst().get();
    }
    assertThat(interrupted).containsExactly(true);
    assertThat(carriedOut).containsExactly(List.of(0), List.of(1));
  }

  /** Starts one request after the other while the first one, 0, is under way. */
  private List<Future<?>> whileOneIsUnderWay(ExecutorService threads, List<Integer> requests)
      throws InterruptedException {
    List<Future<?>> running = new ArrayList<>(List.of(threads.submit(() -> grouping.run(0))));
    begun.await();
    for (int i = 0; i < requests.size(); i++) {
      int request = requests.get(i);
      running.add(threads.submit(() -> grouping.run(request)));
      while (grouping.waiting() <= i) {
        Thread.onSpinWait();
      }
    }
    return running;
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
