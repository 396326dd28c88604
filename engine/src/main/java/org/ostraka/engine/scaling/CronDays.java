package org.ostraka.engine.scaling;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;

/** The days of a cron expression, of months or of weeks; the other field is {@code ?}. */
@FunctionalInterface
interface CronDays {
  /** Returns whether a day is one of them. */
  boolean include(LocalDate day);

  CronField OF_MONTH = new CronField(1, 31, "");

  /** Sunday is the first day. */
  CronField OF_WEEK = new CronField(1, 7, "SUNMONTUEWEDTHUFRISAT");

  /** Reads both fields; empty when they are illegal, or both name days. */
  static Optional<CronDays> parse(String ofMonth, String ofWeek) {
    if (ofMonth.equals("?") == ofWeek.equals("?")) {
      // AWS wants a question mark in one of the two; an asterisk in both is no expression.
      return Optional.empty();
    }
    return ofWeek.equals("?") ? ofMonth(ofMonth) : ofWeek(ofWeek);
  }

  private static Optional<CronDays> ofMonth(String text) {
    if (text.equals("L")) {
      return Optional.of(day -> day.getDayOfMonth() == day.lengthOfMonth());
    }
    if (text.endsWith("W")) {
      OptionalInt wanted = OF_MONTH.value(text.substring(0, text.length() - 1));
      return wanted.isPresent()
          ? Optional.of(day -> day.equals(nearestWeekday(day, wanted.getAsInt())))
          : Optional.empty();
    }
    Optional<NavigableSet<Integer>> values = OF_MONTH.values(text);
    return values.map(days -> day -> days.contains(day.getDayOfMonth()));
  }

  /** Returns the weekday of a day's month that is nearest to another day of it. */
  private static LocalDate nearestWeekday(LocalDate day, int wanted) {
    LocalDate near = day.withDayOfMonth(Math.min(wanted, day.lengthOfMonth()));
    boolean first = near.getDayOfMonth() == 1;
    boolean last = near.getDayOfMonth() == near.lengthOfMonth();
    return switch (near.getDayOfWeek()) {
      case SATURDAY -> first ? near.plusDays(2) : near.minusDays(1);
      case SUNDAY -> last ? near.minusDays(2) : near.plusDays(1);
      default -> near;
    };
  }

  private static Optional<CronDays> ofWeek(String text) {
    int hash = text.indexOf('#');
    if (hash > 0) {
      OptionalInt week = OF_WEEK.value(text.substring(0, hash));
      OptionalInt count = new CronField(1, 5, "").value(text.substring(hash + 1));
      return week.isPresent() && count.isPresent()
          ? Optional.of(day ->
              number(day) == week.getAsInt()
                  && (day.getDayOfMonth() - 1) / 7 + 1 == count.getAsInt())
          : Optional.empty();
    }
    if (text.length() > 1 && text.endsWith("L")) {
      OptionalInt week = OF_WEEK.value(text.substring(0, text.length() - 1));
      return week.isPresent()
          ? Optional.of(day ->
              number(day) == week.getAsInt()
                  && day.equals(day.with(TemporalAdjusters.lastInMonth(day.getDayOfWeek()))))
          : Optional.empty();
    }
    if (text.equals("L")) {
      return Optional.of(day -> day.getDayOfWeek() == DayOfWeek.SATURDAY);
    }
    Optional<NavigableSet<Integer>> values = OF_WEEK.values(text);
    return values.map(days -> day -> days.contains(number(day)));
  }

  private static int number(LocalDate day) {
    return day.getDayOfWeek().getValue() % 7 + 1;
  }
}
