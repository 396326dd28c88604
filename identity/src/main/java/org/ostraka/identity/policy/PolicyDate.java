package org.ostraka.identity.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Dates in policies and requests: the W3C's profile of ISO 8601, or seconds since 1970. Four digits
 * are a year. Stateless.
 */
final class PolicyDate {
  private static final Pattern YEAR = Pattern.compile("\\d{4}");
  private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern SECONDS = Pattern.compile("-?\\d{1,12}");

  private PolicyDate() {}

  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(instant(text));
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static Instant instant(String text) {
    if (YEAR.matcher(text).matches()) {
      return start(Year.parse(text).atDay(1));
    }
    if (MONTH.matcher(text).matches()) {
      return start(YearMonth.parse(text).atDay(1));
    }
    if (DAY.matcher(text).matches()) {
      return start(LocalDate.parse(text));
    }
    if (SECONDS.matcher(text).matches()) {
      return Instant.ofEpochSecond(Long.parseLong(text));
    }
    return OffsetDateTime.parse(text).toInstant();
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
