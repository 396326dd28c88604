package org.ostraka.delivery.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.engine.catalogue.RegionOrigin;
import org.ostraka.model.Bytes;
import org.ostraka.model.Region;
import org.ostraka.storage.DecisionId;
import org.ostraka.storage.LogPage;
import org.ostraka.storage.LogRecord;
import org.ostraka.storage.Origin;
import org.ostraka.storage.Position;
import org.ostraka.storage.Stamp;
import org.ostraka.storage.Version;
import org.ostraka.testkit.random.RandomCase;

/** Changes that wait are counted exactly, and each record is read once while its region is away. */
final class PendingChangesTest {
  private static final Origin HERE = RegionOrigin.of(new Region("us-east-1"));
  private static final Origin THERE = RegionOrigin.of(new Region("eu-west-1"));
  private static final long ENOUGH = ReplicationReport.MAX_PENDING;

  private final Records log = new Records();

  @Test
  void whileARegionIsAwayOnlyWhatWasAppendedIsRead() {
    log.append(5_000, HERE);
    PendingChanges first = PendingChanges.NONE.counted(log, Position.START, HERE, ENOUGH);
    assertThat(first.changes()).isEqualTo(5_000);
    assertThat(log.takeRead()).isEqualTo(5_000);
    log.append(7, HERE);
    log.append(3, THERE);
    PendingChanges second = first.counted(log, Position.START, HERE, ENOUGH);
    assertThat(second.changes()).isEqualTo(5_007);
    assertThat(log.takeRead()).isEqualTo(10);
    assertThat(second.counted(log, Position.START, HERE, ENOUGH)).isEqualTo(second);
    assertThat(log.takeRead()).isZero();
  }

  @Test
  void whileARegionCatchesUpOnePieceIsReadAgain() {
    log.append(5_000, HERE);
    PendingChanges first = PendingChanges.NONE.counted(log, Position.START, HERE, ENOUGH);
    var _ = log.takeRead();
    PendingChanges second = first.counted(log, log.position(2_300), HERE, ENOUGH);
    assertThat(second.changes()).isEqualTo(2_700);
    assertThat(log.takeRead()).isLessThanOrEqualTo(PendingChanges.PIECE_RECORDS);
    assertThat(second.counted(log, log.position(5_000), HERE, ENOUGH).pieces()).isEmpty();
  }

  /** Most of a log may be changes of other regions, which are not counted and have to be read. */
  @Test
  void oneCountReadsABoundedPartAndTheNextGoesOn() {
    int part = PendingChanges.MAX_PAGES * PendingChanges.PIECE_RECORDS;
    log.append(part + 500, THERE);
    log.append(3, HERE);
    PendingChanges first = PendingChanges.NONE.counted(log, Position.START, HERE, ENOUGH);
    assertThat(first.changes()).isZero();
    assertThat(log.takeRead()).isEqualTo(part);
    PendingChanges second = first.counted(log, Position.START, HERE, ENOUGH);
    assertThat(second.changes()).isEqualTo(3);
    assertThat(log.takeRead()).isEqualTo(503);
  }

  @Test
  void piecesGrowUntilTheyAreFull() {
    PendingChanges pending = PendingChanges.NONE;
    for (int i = 0; i < 2_500; i++) {
      log.append(1, HERE);
      pending = pending.counted(log, Position.START, HERE, ENOUGH);
    }
    assertThat(pending.changes()).isEqualTo(2_500);
    assertThat(pending.pieces()).hasSize(3);
  }

  @Test
  void theCountIsExactWhateverIsSentAppendedOrTrimmed(TestInfo info) {
    RandomGenerator random = RandomCase.of(info).branch(1);
    PendingChanges pending = PendingChanges.NONE;
    Position cursor = Position.START;
    for (int i = 0; i < 400; i++) {
      switch (random.nextInt(4)) {
        case 0 -> log.append(random.nextInt(1, 1_500), HERE);
        case 1 -> log.append(random.nextInt(1, 1_500), THERE);
        case 2 -> cursor = log.between(random, cursor);
        default -> log.trim(log.between(random, log.oldest()));
      }
      pending = pending.counted(log, cursor, HERE, Long.MAX_VALUE);
      assertThat(pending.changes()).as("round %d", i).isEqualTo(log.waiting(cursor));
    }
  }

  /** A log whose positions have gaps. One thread. */
  private static final class Records implements PendingChanges.Log {
    private static final int GAP = 3;
    private static final Bytes VALUE = Bytes.wrap(new byte[0]);

    private final List<LogRecord> records = new ArrayList<>();
    private int trimmed;
    private int read;

    void append(int count, Origin origin) {
      for (int i = 0; i < count; i++) {
        long next = records.size() + 1L;
        Version version = new Version(new Stamp(next), origin);
        records.add(
            new LogRecord(
                new Position(next * GAP),
                new DecisionId(next),
                version.stamp(),
                version,
                !origin.equals(HERE),
                VALUE));
      }
    }

    /** Returns the position of a record by its number from 1 on. */
    Position position(int number) {
      return new Position((long) number * GAP);
    }

    /** Returns the place of any record that is not before another one. */
    Position between(RandomGenerator random, Position least) {
      int first = number(least);
      return position(random.nextInt(first, records.size() + 1));
    }

    void trim(Position upTo) {
      trimmed = Math.max(trimmed, number(upTo));
    }

    private static int number(Position position) {
      return (int) (position.value() / GAP);
    }

    /** Returns how many of this region's changes wait behind a position. */
    long waiting(Position cursor) {
      return records.subList(Math.max(trimmed, number(cursor)), records.size()).stream()
          .filter(record -> record.version().origin().equals(HERE))
          .count();
    }

    /** Returns how many records were read since this was asked last. */
    int takeRead() {
      int taken = read;
      read = 0;
      return taken;
    }

    @Override
    public LogPage after(Position position) {
      int from = Math.max(trimmed, number(position));
      List<LogRecord> page =
          records.subList(from, Math.min(from + PendingChanges.PIECE_RECORDS, records.size()));
      read += page.size();
      return new LogPage(page, page.isEmpty() ? position : page.getLast().position());
    }

    @Override
    public Position oldest() {
      return position(trimmed);
    }
  }
}
