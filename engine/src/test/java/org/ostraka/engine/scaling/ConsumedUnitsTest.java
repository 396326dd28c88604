package org.ostraka.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.gate.Capacity;
import org.ostraka.model.TableArn;
import org.ostraka.model.Traffic;
import org.ostraka.storage.OutcomeUnknownException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.testkit.clock.ManualClock;

/** What was consumed in a minute is saved once, also when the storage fails. */
final class ConsumedUnitsTest {
  private static final TableArn ORDERS = TestEngine.arn("orders");
  private static final long MINUTE =
      ConsumedUnits.minuteOf(Instant.parse("2026-11-29T12:00:00Z").toEpochMilli());

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-29T12:00:30Z"));
  private final ConsumedUnits units = new ConsumedUnits(Capacity.UNLIMITED, clock);

  @BeforeEach
  void consume() {
    units.watch(Set.of(ORDERS));
    Load load = new Load(ORDERS, Traffic.WRITE, Optional.empty(), Optional.empty(), 3);
    units.settle(TestEngine.CALLER, Map.of(), List.of(load, load));
    clock.advance(Duration.ofMinutes(1));
  }

  private double saved() {
    double[] sum = new double[1];
    units.saveBefore(
        MINUTE + 1,
        (table, minute, counts) -> {
          assertThat(table).isEqualTo(ORDERS);
          assertThat(minute).isEqualTo(MINUTE);
          sum[0] += counts.values().stream().mapToDouble(each -> each).sum();
        });
    return sum[0];
  }

  @Test
  void aMinuteIsSavedOnce() {
    assertThat(saved()).isEqualTo(6);
    assertThat(saved()).isZero();
  }

  @Test
  void whatCouldNotBeSavedIsSavedTheNextTime() {
    assertThatThrownBy(() ->
            units.saveBefore(
                MINUTE + 1,
                (_, _, _) -> {
                  throw new StorageFailedException("the disk is full");
                }))
        .isInstanceOf(StorageFailedException.class);
    assertThat(saved()).isEqualTo(6);
  }

  @Test
  void whatMayHaveBeenSavedIsNotSavedTwice() {
    assertThatThrownBy(() ->
            units.saveBefore(
                MINUTE + 1,
                (_, _, _) -> {
                  throw new OutcomeUnknownException("the connection broke");
                }))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(saved()).isZero();
  }
}
