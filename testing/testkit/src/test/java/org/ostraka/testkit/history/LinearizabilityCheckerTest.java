package org.ostraka.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.testkit.history.RowOperation.ABSENT;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.testkit.random.RandomCase;

final class LinearizabilityCheckerTest {
  private final List<Recorded<RowOperation>> history = new ArrayList<>();

  @Test
  void acceptsNothing() {
    assertAccepted();
  }

  @Test
  void acceptsOneThingAfterTheOther() {
    read(1, 2, ABSENT);
    write(3, 4, 1);
    read(5, 6, 1);
    compareAndSet(7, 8, 1, 2, 1);
    compareAndSet(9, 10, 1, 3, 2);
    delete(11, 12);
    read(13, 14, ABSENT);
    assertAccepted();
  }

  @Test
  void acceptsReadsOfEitherValueDuringAWrite() {
    write(1, 2, 1);
    write(3, 8, 2);
    read(4, 5, 1);
    read(6, 7, 2);
    assertAccepted();
  }

  @Test
  void refusesAStaleRead() {
    write(1, 2, 1);
    write(3, 4, 2);
    read(5, 6, 1);
    assertRefused();
  }

  @Test
  void refusesAReadOfTheFuture() {
    read(1, 2, 1);
    write(3, 4, 1);
    assertRefused();
  }

  @Test
  void refusesReadersThatSeeTwoValuesInOppositeOrder() {
    write(1, 10, 1);
    write(2, 11, 2);
    read(12, 13, 1);
    read(14, 15, 2);
    assertRefused();
  }

  @Test
  void refusesAValueThatComesBackDuringAWrite() {
    write(1, 2, 1);
    write(3, 10, 2);
    read(4, 5, 2);
    read(6, 7, 1);
    assertRefused();
  }

  @Test
  void refusesALostUpdate() {
    write(1, 2, 1);
    compareAndSet(3, 6, 1, 2, 1);
    compareAndSet(4, 5, 1, 3, 1);
    assertRefused();
  }

  @Test
  void refusesACompareAndSetThatFailedForNoReason() {
    write(1, 2, 1);
    compareAndSet(3, 4, 7, 2, ABSENT);
    assertRefused();
  }

  @Test
  void refusesAWriteThatIsForgotten() {
    write(1, 2, 1);
    read(3, 4, ABSENT);
    assertRefused();
  }

  @Test
  void refusesAValueThatNobodyWrote() {
    read(1, 2, 5);
    assertRefused();
  }

  @Test
  void acceptsAnUnansweredWriteThatHappenedLateOrNever() {
    write(1, 2, 1);
    unknown(3, new RowOperation.Write("row", 2));
    read(4, 5, 1);
    assertAccepted();
    read(6, 7, 2);
    assertAccepted();
  }

  @Test
  void refusesAnUnansweredWriteThatIsSeenAndThenGone() {
    write(1, 2, 1);
    unknown(3, new RowOperation.Write("row", 2));
    read(4, 5, 2);
    read(6, 7, 1);
    assertRefused();
  }

  @Test
  void refusesAnUnansweredWriteThatIsSeenBeforeItBegan() {
    write(1, 2, 1);
    read(3, 4, 2);
    unknown(5, new RowOperation.Write("row", 2));
    assertRefused();
  }

  @Test
  void acceptsAnUnansweredDeleteThatHappenedLateOrNever() {
    write(1, 2, 1);
    unknown(3, new RowOperation.Delete("row"));
    read(4, 5, 1);
    assertAccepted();
    read(6, 7, ABSENT);
    assertAccepted();
    read(8, 9, 1);
    assertRefused();
  }

  @Test
  void acceptsAnUnansweredCompareAndSetOnlyAfterWhatItExpected() {
    write(1, 2, 1);
    unknown(3, new RowOperation.CompareAndSet("row", 1, 2, 1));
    write(4, 9, 3);
    read(5, 6, 1);
    read(7, 8, 2);
    assertAccepted();
    read(10, 11, 2);
    assertRefused();
  }

  @Test
  void looksAtEachRowByItself() {
    write(1, 2, 1);
    history.add(new Recorded<>(new RowOperation.Read("other", ABSENT), 3, 4));
    assertAccepted();
    history.add(new Recorded<>(new RowOperation.Read("other", 1), 5, 6));
    assertRefused();
  }

  @Test
  void wantsUniqueValues() {
    write(1, 2, 1);
    write(3, 4, 1);
    assertThatThrownBy(() -> LinearizabilityChecker.violation(history))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decidesOnLongHistoriesOfManyClients(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    for (int run = 0; run < 20; run++) {
      history.clear();
      history.addAll(SimulatedRow.history(random.branch(run), 16, 5_000));
      assertAccepted();
      moveOneReadToAnOlderValue(random.branch(-1L - run));
      assertRefused();
    }
  }

  @Test
  void agreesWithTryingEveryOrder(TestInfo test) {
    RandomCase random = RandomCase.of(test);
    int accepted = 0;
    int runs = 20_000;
    for (int run = 0; run < runs; run++) {
      history.clear();
      history.addAll(EveryOrder.randomHistory(random.branch(run)));
      boolean expected = EveryOrder.explains(history);
      accepted += expected ? 1 : 0;
      assertThat(LinearizabilityChecker.violation(history).isEmpty())
          .as("%s, repeat with: %s", history, random.command())
          .isEqualTo(expected);
    }
    assertThat(accepted).isBetween(runs / 20, runs * 19 / 20);
  }

  /** Lets a read late in the history see what an early read saw. */
  private void moveOneReadToAnOlderValue(RandomGenerator random) {
    List<Recorded<RowOperation>> reads =
        history.stream()
            .filter(one -> !one.isUnknown())
            .filter(
                one -> one.operation() instanceof RowOperation.Read read && read.seen() != ABSENT)
            .sorted((one, other) -> Long.compare(one.begin(), other.begin()))
            .toList();
    Recorded<RowOperation> late = reads.get(reads.size() - 1 - random.nextInt(50));
    RowOperation old = reads.get(random.nextInt(reads.size() / 2)).operation();
    Collections.replaceAll(history, late, new Recorded<>(old, late.begin(), late.end()));
  }

  private void read(long begin, long end, long seen) {
    history.add(new Recorded<>(new RowOperation.Read("row", seen), begin, end));
  }

  private void write(long begin, long end, long value) {
    history.add(new Recorded<>(new RowOperation.Write("row", value), begin, end));
  }

  private void delete(long begin, long end) {
    history.add(new Recorded<>(new RowOperation.Delete("row"), begin, end));
  }

  private void compareAndSet(long begin, long end, long expected, long value, long seen) {
    RowOperation swap = new RowOperation.CompareAndSet("row", expected, value, seen);
    history.add(new Recorded<>(swap, begin, end));
  }

  private void unknown(long begin, RowOperation operation) {
    history.add(Recorded.unknown(operation, begin));
  }

  private void assertAccepted() {
    assertThat(LinearizabilityChecker.violation(history)).isEmpty();
  }

  private void assertRefused() {
    assertThat(LinearizabilityChecker.violation(history)).isPresent();
  }
}
