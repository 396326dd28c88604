package org.ostraka.engine.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableClass;
import org.ostraka.model.TableClassSummary;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.EncryptionSpecification;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.model.operation.UpdateTable;

/** How often a table's settings may change, by the clock. */
final class UpdateTableLimitsTest {
  private static final String TABLE = "orders";

  private final TestEngine engine = new TestEngine();

  @BeforeEach
  void createTable() {
    advanceTo(Instant.parse("2026-03-01T20:00:00Z"));
    engine.create(TABLE, "id", ScalarType.S, new ThroughputUnits(100, 100));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void fifthDecreaseOfADayWaitsForAnHour() {
    for (int i = 1; i <= 4; i++) {
      units(100 - i);
      assertThat(decreases()).isEqualTo(i);
    }
    engine.clock().advance(Duration.ofMinutes(59));
    assertThatThrownBy(() -> units(95))
        .isInstanceOf(LimitExceededException.class)
        .hasMessage(
            "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given"
                + " UTC day. After the first 4 decreases, each subsequent decrease in the same UTC"
                + " day can be performed at most once every 3600 seconds. Number of decreases today:"
                + " 4. Last decrease at Sunday, March 1, 2026 at 8:00:00 PM Coordinated Universal"
                + " Time. Next decrease can be made at Sunday, March 1, 2026 at 9:00:00 PM"
                + " Coordinated Universal Time");
    units(200);
    engine.clock().advance(Duration.ofMinutes(1));
    units(95);
    assertThat(decreases()).isEqualTo(5);
    assertThatThrownBy(() -> units(94)).isInstanceOf(LimitExceededException.class);
  }

  @Test
  void decreasesAreCountedAnewFromMidnight() {
    advanceTo(Instant.parse("2026-03-01T23:59:59.999Z"));
    for (int i = 1; i <= 4; i++) {
      units(100 - i);
    }
    assertThatThrownBy(() -> units(50))
        .hasMessageContaining("Next decrease can be made at Monday, March 2, 2026 at 12:00:00 AM");
    engine.clock().advance(Duration.ofMillis(1));
    assertThat(decreases()).isZero();
    for (int i = 1; i <= 4; i++) {
      units(50 - i);
      assertThat(decreases()).isEqualTo(i);
    }
    assertThatThrownBy(() -> units(10)).isInstanceOf(LimitExceededException.class);
  }

  @Test
  void increasesAreNotLimited() {
    for (int i = 1; i <= 20; i++) {
      units(100 + i);
    }
    assertThat(decreases()).isZero();
  }

  @Test
  void tableClassChangesTwiceInThirtyDays() {
    Instant first = engine.clock().instant();
    tableClass(TableClass.STANDARD_INFREQUENT_ACCESS);
    engine.clock().advance(Duration.ofDays(10));
    tableClass(TableClass.STANDARD);
    assertThatThrownBy(() -> tableClass(TableClass.STANDARD_INFREQUENT_ACCESS))
        .isInstanceOf(LimitExceededException.class)
        .hasMessage(
            "Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s).");
    advanceTo(first.plus(Duration.ofDays(30)).minusMillis(1));
    assertThatThrownBy(() -> tableClass(TableClass.STANDARD_INFREQUENT_ACCESS))
        .isInstanceOf(LimitExceededException.class);
    advanceTo(first.plus(Duration.ofDays(30)));
    tableClass(TableClass.STANDARD_INFREQUENT_ACCESS);
    assertThat(engine.describe(TABLE).tableClass().map(TableClassSummary::tableClass))
        .contains(TableClass.STANDARD_INFREQUENT_ACCESS);
  }

  @Test
  void limitsOutliveARestart() {
    for (int i = 1; i <= 4; i++) {
      units(100 - i);
    }
    tableClass(TableClass.STANDARD_INFREQUENT_ACCESS);
    tableClass(TableClass.STANDARD);
    try (TestEngine later = engine.restart()) {
      assertThatThrownBy(() -> later.update(ofUnits(10)))
          .isInstanceOf(LimitExceededException.class);
      assertThatThrownBy(() -> later.update(ofClass(TableClass.STANDARD_INFREQUENT_ACCESS)))
          .isInstanceOf(LimitExceededException.class);
    }
  }

  private void advanceTo(Instant instant) {
    engine.clock().advance(Duration.between(engine.clock().instant(), instant));
  }

  private void units(long units) {
    engine.update(ofUnits(units));
  }

  private void tableClass(TableClass wanted) {
    engine.update(ofClass(wanted));
  }

  @Test
  void fifthChangeOfEncryptionWaitsForSixHours() {
    for (int i = 0; i < 4; i++) {
      encryption(i % 2 == 0);
      engine.clock().advance(Duration.ofHours(1));
    }
    engine.clock().advance(Duration.ofMinutes(299));
    assertThatThrownBy(() -> encryption(true))
        .isInstanceOf(LimitExceededException.class)
        .hasMessage(
            "Subscriber limit exceeded: Encryption mode changes are limited in the 24h window"
                + " ending at 2026-03-02T20:00:00.000Z. After the first 4 change, each subsequent"
                + " change in the same window can be performed at most once every 21600 seconds."
                + " Number of updates today: 4. Last change at 2026-03-01T23:00:00.000Z. Next"
                + " changes can be made at 2026-03-02T05:00:00.000Z.");
    engine.clock().advance(Duration.ofMinutes(1));
    encryption(true);
    assertThatThrownBy(() -> encryption(false))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("Number of updates today: 5.");
  }

  @Test
  void changesOfEncryptionAreCountedAnewADayAfterTheFirst() {
    encryption(true);
    engine.clock().advance(Duration.ofHours(23));
    encryption(false);
    encryption(true);
    encryption(false);
    assertThatThrownBy(() -> encryption(true))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("Next changes can be made at 2026-03-02T20:00:00.000Z.");
    engine.clock().advance(Duration.ofHours(1));
    for (int i = 0; i < 4; i++) {
      encryption(i % 2 == 0);
    }
    assertThatThrownBy(() -> encryption(true)).isInstanceOf(LimitExceededException.class);
  }

  @Test
  void refusedChangesOfEncryptionAreNotCounted() {
    encryption(true);
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> update(new EncryptionSpecification(true, "KMS", "alias/nobody")))
          .isInstanceOf(ValidationException.class);
    }
    for (int i = 0; i < 3; i++) {
      encryption(i % 2 == 1);
    }
    assertThatThrownBy(() -> encryption(true)).isInstanceOf(LimitExceededException.class);
  }

  private void encryption(boolean enabled) {
    update(new EncryptionSpecification(enabled, null, null));
  }

  private void update(EncryptionSpecification wanted) {
    var _ =
        engine.update(
            new UpdateTable.Request(
                TABLE, null, null, null, null, null, null, wanted, null, null, null));
  }

  private int decreases() {
    return engine.describe(TABLE).throughput().decreasesToday();
  }

  private static UpdateTable.Request ofUnits(long units) {
    return new UpdateTable.Request(
        TABLE,
        null,
        null,
        new ThroughputUnits(units, units),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static UpdateTable.Request ofClass(TableClass wanted) {
    return new UpdateTable.Request(
        TABLE, null, null, null, null, null, wanted, null, null, null, null);
  }
}
