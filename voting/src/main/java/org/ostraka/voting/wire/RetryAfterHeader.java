package org.ostraka.voting.wire;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the header {@code Retry-After}: seconds, or a date (RFC 9110, section 10.2.3). */
public final class RetryAfterHeader {
  private static final String NAME = "Retry-After";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private RetryAfterHeader() {}

  /** Returns how long a server asks to wait; empty when no such header can be read. */
  public static Optional<Duration> read(HttpHeaders headers, Instant now) {
    return headers
        .firstValue(NAME)
        .flatMap(text ->
            SECONDS.matcher(text).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : until(text, now));
  }

  private static Optional<Duration> until(String date, Instant now) {
    try {
      Instant then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
