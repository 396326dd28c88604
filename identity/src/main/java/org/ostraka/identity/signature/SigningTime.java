package org.ostraka.identity.signature;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.ostraka.model.error.IncompleteSignatureException;
import org.ostraka.model.error.InvalidSignatureException;

/**
 * When a request was signed. Immutable.
 *
 * @param text the moment in the basic format of ISO 8601, such as {@code 20261128T120000Z}
 * @param instant the same moment
 */
record SigningTime(String text, Instant instant) {
  /**
   * How far the clocks of client and server may differ. The service told 15 minutes in 2014 and 5
   * minutes in 2025 (aws-sdk-js issue 254, aws-sdk-js-v3 issue 7605).
   */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int TEXT_CHARS = "20261128T120000Z".length();
  private static final int DATE_CHARS = "20261128".length();
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Reads {@code X-Amz-Date}. */
  static SigningTime of(String text) {
    return read(text).orElseThrow(() -> refusal(text));
  }

  /** Reads the header {@code Date}, in the same format or in that of RFC 9110. */
  static SigningTime ofDateHeader(String text) {
    Optional<SigningTime> basic = read(text);
    if (basic.isPresent()) {
      return basic.get();
    }
    try {
      Instant instant = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      return new SigningTime(BASIC.format(instant), instant);
    } catch (DateTimeException _) {
      throw refusal(text);
    }
  }

  /** Returns the day of the moment, as in the scope of a credential. */
  String date() {
    return text.substring(0, DATE_CHARS);
  }

  /**
   * Refuses a moment that is too far from now.
   *
   * @param lifetime how long after the moment the signature is valid
   */
  void requireCurrent(Instant now, Duration lifetime) {
    Instant earliest = now.minus(lifetime);
    if (instant.isBefore(earliest)) {
      throw new InvalidSignatureException(
          "Signature expired: "
              + text
              + " is now earlier than "
              + BASIC.format(earliest)
              + " ("
              + BASIC.format(now)
              + " - "
              + spoken(lifetime)
              + ")");
    }
    Instant latest = now.plus(TOLERANCE);
    if (instant.isAfter(latest)) {
      throw new InvalidSignatureException(
          "Signature not yet current: "
              + text
              + " is still later than "
              + BASIC.format(latest)
              + " ("
              + BASIC.format(now)
              + " + "
              + spoken(TOLERANCE)
              + ")");
    }
  }

  private static String spoken(Duration time) {
    return time.toSecondsPart() == 0 ? time.toMinutes() + " min." : time.toSeconds() + " sec.";
  }

  /** Every request has one: a {@code DateTimeFormatter} takes several times as long. */
  private static Optional<SigningTime> read(String text) {
    if (text.length() != TEXT_CHARS || text.charAt(DATE_CHARS) != 'T' || !text.endsWith("Z")) {
      return Optional.empty();
    }
    try {
      LocalDateTime time =
          LocalDateTime.of(
              number(text, 0, 4),
              number(text, 4, 6),
              number(text, 6, 8),
              number(text, 9, 11),
              number(text, 11, 13),
              number(text, 13, 15));
      return Optional.of(new SigningTime(text, time.toInstant(ZoneOffset.UTC)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static int number(String text, int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw new DateTimeException("not a digit");
      }
      number = 10 * number + c - '0';
    }
    return number;
  }

  private static IncompleteSignatureException refusal(String text) {
    return new IncompleteSignatureException(
        "Date must be in ISO-8601 'basic format'. Got '"
            + text
            + "'. See http://en.wikipedia.org/wiki/ISO_8601");
  }
}
