package org.ostraka.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.error.ValidationException;

/** Schedules as "Cron expressions" and "Rate expressions" of AWS describe them. */
final class ScheduleTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void oneTimeHasATimeZone() {
    assertThat(next("at(2026-07-01T12:00:00)", "America/New_York", BEGIN, 2))
        .containsExactly("2026-07-01T16:00:00Z");
  }

  @Test
  void rateCountsFromItsBeginning() {
    assertThat(next("rate(90 minutes)", "UTC", Instant.parse("2026-01-01T04:00:00Z"), 2))
        .containsExactly("2026-01-01T04:30:00Z", "2026-01-01T06:00:00Z");
    assertThat(next("rate(1 day)", "UTC", BEGIN.minusSeconds(5), 2))
        .containsExactly("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
  }

  @Test
  void everyWeekdayInTheMorning() {
    // 1 January 2026 is a Thursday.
    assertThat(next("cron(15 10 ? * MON-FRI *)", "UTC", BEGIN, 3))
        .containsExactly("2026-01-01T10:15:00Z", "2026-01-02T10:15:00Z", "2026-01-05T10:15:00Z");
  }

  @Test
  void daysOfMonthsAndWeeksMayBeLastNearestOrCounted() {
    assertThat(next("cron(0 8 L * ? *)", "UTC", BEGIN, 2))
        .containsExactly("2026-01-31T08:00:00Z", "2026-02-28T08:00:00Z");
    // 1 March 2026 is a Sunday, 15 March too.
    assertThat(next("cron(0 8 1W 3 ? *)", "UTC", BEGIN, 1)).containsExactly("2026-03-02T08:00:00Z");
    assertThat(next("cron(0 8 15W MAR ? *)", "UTC", BEGIN, 1))
        .containsExactly("2026-03-16T08:00:00Z");
    assertThat(next("cron(0 8 ? * 6#3 *)", "UTC", BEGIN, 1))
        .containsExactly("2026-01-16T08:00:00Z");
    assertThat(next("cron(0 8 ? * FRIL *)", "UTC", BEGIN, 1))
        .containsExactly("2026-01-30T08:00:00Z");
  }

  @Test
  void stepsAndListsAndYears() {
    assertThat(next("cron(0/30 6,18 1 1 ? 2027-2028)", "UTC", BEGIN, 5))
        .containsExactly(
            "2027-01-01T06:00:00Z",
            "2027-01-01T06:30:00Z",
            "2027-01-01T18:00:00Z",
            "2027-01-01T18:30:00Z",
            "2028-01-01T06:00:00Z");
    assertThat(next("cron(0 6 1 1 ? 2025)", "UTC", BEGIN, 1)).isEmpty();
  }

  @Test
  void localTimeFollowsTheClocksOfItsZone() {
    // In Berlin clocks go forward on 29 March 2026: 8:00 is 7:00 UTC before and 6:00 UTC after.
    assertThat(next("cron(0 8 * * ? *)", "Europe/Berlin", Instant.parse("2026-03-28T00:00:00Z"), 2))
        .containsExactly("2026-03-28T07:00:00Z", "2026-03-29T06:00:00Z");
    // 2:30 does not exist on that day, and is moved by an hour.
    assertThat(
            next("cron(30 2 * * ? *)", "Europe/Berlin", Instant.parse("2026-03-29T00:00:00Z"), 1))
        .containsExactly("2026-03-29T01:30:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cron(* * * * * *)",
        "cron(0 8 ? * ? *)",
        "cron(60 8 * * ? *)",
        "cron(0 8 * * ?)",
        "cron(0 8 32 * ? *)",
        "cron(0/0 8 * * ? *)",
        "cron(0 8 ? * 1#6 *)",
        "rate(0 minutes)",
        "rate(5 weeks)",
        "at(tomorrow)",
        "at(2026-13-01T00:00:00)"
      })
  void whatIsNoScheduleIsRefused(String text) {
    assertThatThrownBy(() -> Schedule.parse(text, Optional.empty(), BEGIN))
        .isInstanceOf(ValidationException.class)
        .hasMessage("Invalid schedule expression: " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cron(0 0 31 2 ? *)", "cron(0 8 * * ? 2020)"})
  void newCalendarWithoutAnyDateIsRefused(String text) {
    assertThatThrownBy(() -> Schedule.parseNew(text, Optional.empty(), BEGIN, BEGIN))
        .isInstanceOf(ValidationException.class)
        .hasMessage("Invalid schedule expression: " + text);
  }

  private static List<String> next(String text, String zone, Instant after, int count) {
    Schedule schedule = Schedule.parse(text, Optional.of(zone), BEGIN);
    List<String> times = new ArrayList<>();
    Optional<Instant> time = schedule.next(after);
    while (time.isPresent() && times.size() < count) {
      times.add(time.get().toString());
      time = schedule.next(time.get());
    }
    return times;
  }
}
