package org.ostraka.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * DynamoDB's numbers: up to 38 significant digits, zero, or a magnitude from 1E-130 to
 * 9.99...E+125. Stateless.
 *
 * <p>Two numbers of the same value have one normalised form, without trailing zeros. See "Number"
 * under "Data types" in the Developer Guide.
 */
public final class DecimalNumber {
  /** The greatest number of significant digits. */
  public static final int MAX_DIGITS = 38;

  /** The greatest decimal exponent of the leading digit. */
  public static final int MAX_EXPONENT = 125;

  /** The least decimal exponent of the leading digit. */
  public static final int MIN_EXPONENT = -130;

  private static final Pattern SYNTAX =
      Pattern.compile("([+-]?)([0-9]*)(?:\\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?");

  /** The number of digits of the greatest exponent that fits in an int. */
  private static final int MAX_EXPONENT_DIGITS = 10;

  private DecimalNumber() {}

  /** The result of reading a text: a number, or the reason why it is none. */
  public sealed interface Parsed {
    /** A number within all limits, normalised. */
    record Value(BigDecimal value) implements Parsed {}

    /** Not a number at all, or one whose exponent does not fit in an int. */
    record NotNumeric() implements Parsed {}

    /** A magnitude of 1E+126 or more, or a zero with such an exponent. */
    record Overflow(long exponent) implements Parsed {}

    /** A magnitude below 1E-130, or a zero with such an exponent. */
    record Underflow() implements Parsed {}

    /** More than 38 digits between the first and the last that are not zero. */
    record TooPrecise() implements Parsed {}
  }

  /**
   * Reads the text of a number as requests carry it. The exponent of a zero is judged as that of
   * any other digit.
   */
  public static Parsed parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return new Parsed.NotNumeric();
    }
    String whole = matcher.group(2);
    String fraction = Optional.ofNullable(matcher.group(3)).orElse("");
    OptionalInt shift = exponentOf(matcher.group(4));
    if (shift.isEmpty() || (whole.isEmpty() && fraction.isEmpty())) {
      return new Parsed.NotNumeric();
    }
    String digits = withoutLeadingZeros(whole + fraction);
    long exponent = (long) shift.getAsInt() - fraction.length() + Math.max(digits.length(), 1) - 1;
    if (exponent > MAX_EXPONENT) {
      return new Parsed.Overflow(exponent);
    }
    if (exponent < MIN_EXPONENT) {
      return new Parsed.Underflow();
    }
    String significant = withoutTrailingZeros(digits);
    if (significant.isEmpty()) {
      return new Parsed.Value(BigDecimal.ZERO);
    }
    if (significant.length() > MAX_DIGITS) {
      return new Parsed.TooPrecise();
    }
    BigInteger unscaled =
        new BigInteger("-".equals(matcher.group(1)) ? "-" + significant : significant);
    return new Parsed.Value(new BigDecimal(unscaled, (int) (significant.length() - 1 - exponent)));
  }

  /**
   * Returns the normalised form of the value: no trailing zeros. Refuses numbers that DynamoDB
   * cannot store.
   */
  public static BigDecimal normalize(BigDecimal value) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    // Before zeros are stripped, and as a long: a scale may be at the end of an int's range.
    long exponent = (long) value.precision() - value.scale() - 1;
    if (exponent > MAX_EXPONENT || exponent < MIN_EXPONENT) {
      throw new IllegalArgumentException("a number's exponent lies between -130 and 125");
    }
    BigDecimal stripped = value.stripTrailingZeros();
    if (stripped.precision() > MAX_DIGITS) {
      throw new IllegalArgumentException("a number has at most 38 significant digits");
    }
    return stripped;
  }

  /** Returns the decimal exponent of the leading digit: 0 for 1 to 9.99, 2 for 100. */
  public static int exponent(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }

  /** Returns the number's text in responses: plain digits, never an exponent. */
  public static String text(BigDecimal value) {
    return value.toPlainString();
  }

  /**
   * Returns the number's size by the service's formula: a byte, a byte for each pair of decimal
   * digits on either side of the point between the first and the last that are not zero, and a byte
   * for a minus sign. Zero takes one byte.
   */
  public static int sizeBytes(BigDecimal value) {
    if (value.signum() == 0) {
      return 1;
    }
    int first = Math.floorDiv(exponent(value), 2);
    int last = Math.floorDiv(-value.scale(), 2);
    return 1 + (first - last + 1) + (value.signum() < 0 ? 1 : 0);
  }

  /** Returns the exponent, 0 for an absent text; empty if it does not fit in an int. */
  private static OptionalInt exponentOf(@Nullable String text) {
    if (text == null) {
      return OptionalInt.of(0);
    }
    boolean negative = text.startsWith("-");
    String digits =
        withoutLeadingZeros(text.startsWith("+") || negative ? text.substring(1) : text);
    if (digits.length() > MAX_EXPONENT_DIGITS) {
      return OptionalInt.empty();
    }
    long magnitude = digits.isEmpty() ? 0 : Long.parseLong(digits);
    long exponent = negative ? -magnitude : magnitude;
    return exponent == (int) exponent ? OptionalInt.of((int) exponent) : OptionalInt.empty();
  }

  private static String withoutLeadingZeros(String digits) {
    int start = 0;
    while (start < digits.length() && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static String withoutTrailingZeros(String digits) {
    int end = digits.length();
    while (end > 0 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, end);
  }
}
