package org.ostraka.engine.scaling;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.model.error.ValidationException;

/**
 * The times of a scheduled action. Immutable.
 *
 * <p>"PutScheduledAction" in the Application Auto Scaling API Reference: {@code
 * at(yyyy-mm-ddThh:mm:ss)}, {@code rate(value unit)} and {@code cron(fields)}.
 */
sealed interface Schedule {
  /** Returns the first time after another one; empty when there is none. */
  Optional<Instant> next(Instant after);

  /** One time. */
  record At(Instant time) implements Schedule {
    @Override
    public Optional<Instant> next(Instant after) {
      return Optional.of(time).filter(each -> each.isAfter(after));
    }
  }

  /** Times at regular intervals. */
  record Rate(Duration every, Instant begin) implements Schedule {
    @Override
    public Optional<Instant> next(Instant after) {
      if (after.isBefore(begin)) {
        return Optional.of(begin);
      }
      long passed = Duration.between(begin, after).dividedBy(every);
      return Optional.of(begin.plus(every.multipliedBy(passed + 1)));
    }
  }

  /** Times of a calendar. */
  record Calendar(CronExpression cron, ZoneId zone) implements Schedule {
    @Override
    public Optional<Instant> next(Instant after) {
      return cron.next(after.atZone(zone)).map(time -> time.toInstant());
    }
  }

  Pattern SYNTAX = Pattern.compile("(at|rate|cron)\\((.*)\\)");
  Pattern RATE = Pattern.compile("([1-9][0-9]{0,8}) (minute|hour|day)s?");

  /**
   * Reads a schedule.
   *
   * @param zone the time zone of at and cron; absent for UTC
   * @param begin the first time of a rate
   * @throws ValidationException when it is none
   */
  static Schedule parse(String text, Optional<String> zone, Instant begin) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      throw illegal(text);
    }
    ZoneId in = zone.map(Schedule::zone).orElse(ZoneOffset.UTC);
    String content = matcher.group(2).strip();
    return switch (matcher.group(1)) {
      case "at" -> at(text, content, in);
      case "rate" -> rate(text, content, begin);
      default -> new Calendar(CronExpression.parse(content).orElseThrow(() -> illegal(text)), in);
    };
  }

  /**
   * Reads a schedule that somebody sets now.
   *
   * @throws ValidationException when it is none, or a calendar without any date from now on
   */
  static Schedule parseNew(String text, Optional<String> zone, Instant begin, Instant now) {
    Schedule schedule = parse(text, zone, begin);
    if (schedule instanceof Calendar && schedule.next(now).isEmpty()) {
      throw illegal(text);
    }
    return schedule;
  }

  private static Schedule at(String text, String content, ZoneId zone) {
    try {
      return new At(LocalDateTime.parse(content).atZone(zone).toInstant());
    } catch (DateTimeParseException _) {
      throw illegal(text);
    }
  }

  private static Schedule rate(String text, String content, Instant begin) {
    Matcher matcher = RATE.matcher(content);
    if (!matcher.matches()) {
      throw illegal(text);
    }
    long count = Long.parseLong(matcher.group(1));
    Duration every =
        switch (matcher.group(2)) {
          case "minute" -> Duration.ofMinutes(count);
          case "hour" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return new Rate(every, begin);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      throw new ValidationException("Invalid time zone: " + name);
    }
  }

  private static ValidationException illegal(String text) {
    return new ValidationException("Invalid schedule expression: " + text);
  }
}
