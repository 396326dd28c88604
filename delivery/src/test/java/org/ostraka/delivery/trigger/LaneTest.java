package org.ostraka.delivery.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.storage.Position;

@Timeout(60)
final class LaneTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void aFullBatchDoesNotWaitForTheWindow() throws InterruptedException {
    Lane lane = new Lane(2, LONG);
    lane.offer(event(1, 10), Duration.ZERO);
    lane.offer(event(2, 10), Duration.ZERO);

    assertThat(lane.nextBatch()).extracting(Event::sequenceNumber).containsExactly("1", "2");
  }

  @Test
  void aBatchThatIsNotFullIsSentWhenTheWindowIsOver() throws InterruptedException {
    Lane lane = new Lane(2, Duration.ofMillis(50));
    lane.offer(event(1, 10), Duration.ZERO);
    long start = System.nanoTime();

    assertThat(lane.nextBatch()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(49));
  }

  @Test
  void theEndOfTheShardEndsTheWindow() throws InterruptedException {
    Lane lane = new Lane(2, LONG);
    lane.offer(event(1, 10), Duration.ZERO);
    lane.end();

    assertThat(lane.nextBatch()).hasSize(1);
    assertThat(lane.nextBatch()).isEmpty();
  }

  @Test
  void aBatchHasAtMostSixMegabytes() throws InterruptedException {
    Lane lane = new Lane(100, LONG);
    int three = (int) Lane.MAX_EVENT_BYTES / 2 - 100;

    assertThat(lane.offer(event(1, three), Duration.ZERO)).isTrue();
    assertThat(lane.offer(event(2, three), Duration.ZERO)).isTrue();
    assertThat(lane.offer(event(3, three), Duration.ZERO)).isFalse();
    assertThat(lane.nextBatch()).hasSize(2);
  }

  @Test
  void anEventThatIsTooLargeIsSentAlone() throws InterruptedException {
    Lane lane = new Lane(100, Duration.ZERO);

    assertThat(lane.offer(event(1, (int) Lane.MAX_EVENT_BYTES), Duration.ZERO)).isTrue();
    assertThat(lane.offer(event(2, 1), Duration.ZERO)).isFalse();
    assertThat(lane.nextBatch()).hasSize(1);
  }

  @Test
  void progressIsWhereAllBeforeIsDelivered() throws InterruptedException {
    Progress progress = new Progress();
    List<Position> positions = List.of(new Position(3), new Position(5), new Position(9));
    positions.forEach(progress::taken);

    progress.delivered(positions.subList(1, 2));
    assertThat(progress.advance()).isEmpty();
    progress.delivered(positions.subList(0, 1));
    assertThat(progress.advance()).contains(new Position(5));
    assertThat(progress.advance()).isEmpty();
    assertThat(progress.awaitAll(Duration.ZERO)).isFalse();
    progress.delivered(positions.subList(2, 3));
    assertThat(progress.awaitAll(Duration.ZERO)).isTrue();
    assertThat(progress.advance()).contains(new Position(9));
  }

  private static Event event(int number, int bytes) {
    return new Event(
        new Position(number), Instant.EPOCH, Integer.toString(number), new byte[bytes]);
  }
}
