package org.ostraka.engine.scaling;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * The six fields of a cron expression of AWS: minutes, hours, day of month, month, day of week,
 * year. Immutable.
 *
 * <p>"Cron expressions" in the Amazon EventBridge User Guide. A local time that a change of the
 * clock leaves out is moved by the length of the gap.
 */
record CronExpression(
    NavigableSet<Integer> minutes,
    NavigableSet<Integer> hours,
    CronDays days,
    NavigableSet<Integer> months,
    NavigableSet<Integer> years) {
  private static final int FIELDS = 6;
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2199;
  private static final String MONTHS = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

  /** Reads an expression; empty when it is none. */
  static Optional<CronExpression> parse(String text) {
    String[] fields = text.split(" +", -1);
    if (fields.length != FIELDS) {
      return Optional.empty();
    }
    Optional<NavigableSet<Integer>> minutes = new CronField(0, 59, "").values(fields[0]);
    Optional<NavigableSet<Integer>> hours = new CronField(0, 23, "").values(fields[1]);
    Optional<NavigableSet<Integer>> months = new CronField(1, 12, MONTHS).values(fields[3]);
    Optional<NavigableSet<Integer>> years =
        new CronField(FIRST_YEAR, LAST_YEAR, "").values(fields[5]);
    Optional<CronDays> days = CronDays.parse(fields[2], fields[4]);
    return minutes.isPresent()
            && hours.isPresent()
            && months.isPresent()
            && years.isPresent()
            && days.isPresent()
        ? Optional.of(
            new CronExpression(minutes.get(), hours.get(), days.get(), months.get(), years.get()))
        : Optional.empty();
  }

  /** Returns the first time after another one; empty when there is none. */
  Optional<ZonedDateTime> next(ZonedDateTime after) {
    LocalDate day = after.toLocalDate();
    LocalDate end = LocalDate.of(years.last(), 12, 31);
    while (!day.isAfter(end)) {
      if (!years.contains(day.getYear())) {
        day = LocalDate.of(day.getYear() + 1, 1, 1);
      } else if (!months.contains(day.getMonthValue())) {
        day = day.withDayOfMonth(1).plusMonths(1);
      } else {
        Optional<ZonedDateTime> found = days.include(day) ? onDay(day, after) : Optional.empty();
        if (found.isPresent()) {
          return found;
        }
        day = day.plusDays(1);
      }
    }
    return Optional.empty();
  }

  private Optional<ZonedDateTime> onDay(LocalDate day, ZonedDateTime after) {
    for (int hour : hours) {
      for (int minute : minutes) {
        LocalDateTime time = day.atTime(hour, minute);
        ZonedDateTime at = time.atZone(after.getZone());
        if (at.isAfter(after)) {
          return Optional.of(at);
        }
      }
    }
    return Optional.empty();
  }
}
