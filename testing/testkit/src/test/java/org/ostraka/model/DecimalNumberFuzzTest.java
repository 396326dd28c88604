package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.model.DecimalNumber.Parsed;
import org.ostraka.testkit.random.Fuzz;
import org.ostraka.testkit.random.Generator;
import org.ostraka.testkit.random.Mutator;

/**
 * Compares numbers with {@link BigDecimal}, which parses them independently. The test is in this
 * module because the model's tests cannot use the testkit, which is built after the model.
 */
final class DecimalNumberFuzzTest {
  private static final int INPUTS = 50_000;

  private static final List<String> WORDS =
      List.of(
          "0",
          "9",
          ".",
          "-",
          "+",
          "e",
          "E",
          "e125",
          "E-130",
          "e2147483647",
          "e-2147483648",
          "e-9223372036854775808",
          "e99999999999999999999",
          "00000000000000000000000000000000000000000",
          "9".repeat(38),
          "NaN",
          "Infinity",
          "0x",
          "f",
          "_",
          ",",
          " ",
          "\n",
          "\u0000",
          "\u0661",
          "\uff11",
          "\ud835\udfcf",
          "\u2212");

  @Test
  void textsAreReadAsBigDecimalReadsThem(TestInfo test) {
    Fuzz.of(test, INPUTS)
        .texts(
            text -> {
              Parsed parsed = DecimalNumber.parse(text);
              assertThat(parsed).isEqualTo(expected(text));
              if (parsed instanceof Parsed.Value(BigDecimal value)) {
                checkNormal(value);
              }
            },
            Mutator.ofText(DecimalNumberFuzzTest::number, WORDS));
  }

  @Test
  void decimalsOfAnyScaleAreNormalizedOrRefused(TestInfo test) {
    Generator<BigDecimal> decimals =
        random -> new BigDecimal(new BigInteger(digits(random)), scale(random));
    Fuzz.of(test, INPUTS)
        .lists(
            numbers -> numbers.forEach(DecimalNumberFuzzTest::checkNormalized),
            decimals.listsOfUpTo(2));
  }

  private static void checkNormalized(BigDecimal number) {
    BigDecimal normal;
    try {
      normal = DecimalNumber.normalize(number);
    } catch (IllegalArgumentException _) {
      boolean outOfRange =
          number.signum() != 0 && (exponent(number) > 125 || exponent(number) < -130);
      assertThat(outOfRange || significant(number) > DecimalNumber.MAX_DIGITS).isTrue();
      return;
    }
    assertThat(normal).isEqualByComparingTo(number);
    checkNormal(normal);
  }

  private static void checkNormal(BigDecimal value) {
    assertThat(DecimalNumber.normalize(value)).isEqualTo(value);
    assertThat(DecimalNumber.parse(DecimalNumber.text(value))).isEqualTo(new Parsed.Value(value));
    assertThat(DecimalNumber.parse(value.toString())).isEqualTo(new Parsed.Value(value));
    assertThat(DecimalNumber.sizeBytes(value)).isBetween(1, 22);
  }

  /** Reads mantissa and exponent separately: together they may exceed what a decimal can hold. */
  private static Parsed expected(String text) {
    int mark = Math.max(text.indexOf('e'), text.indexOf('E'));
    BigDecimal mantissa;
    BigInteger shift;
    try {
      mantissa = new BigDecimal(ascii(mark < 0 ? text : text.substring(0, mark)));
      shift = mark < 0 ? BigInteger.ZERO : new BigInteger(ascii(text.substring(mark + 1)));
    } catch (NumberFormatException _) {
      return new Parsed.NotNumeric();
    }
    if (shift.bitLength() >= Integer.SIZE) {
      return new Parsed.NotNumeric();
    }
    BigInteger exponent = shift.add(BigInteger.valueOf(exponent(mantissa)));
    if (exponent.compareTo(BigInteger.valueOf(125)) > 0) {
      return new Parsed.Overflow(exponent.longValueExact());
    }
    if (exponent.compareTo(BigInteger.valueOf(-130)) < 0) {
      return new Parsed.Underflow();
    }
    if (mantissa.signum() == 0) {
      return new Parsed.Value(BigDecimal.ZERO);
    }
    if (significant(mantissa) > DecimalNumber.MAX_DIGITS) {
      return new Parsed.TooPrecise();
    }
    BigDecimal value = mantissa.scaleByPowerOfTen(shift.intValueExact());
    return new Parsed.Value(value.stripTrailingZeros());
  }

  /**
   * Refuses what only Java accepts: digits of other scripts, and an exponent within the mantissa.
   */
  private static String ascii(String text) {
    if (!text.chars().allMatch(c -> "0123456789+-.".indexOf(c) >= 0)) {
      throw new NumberFormatException(text);
    }
    return text;
  }

  private static long exponent(BigDecimal number) {
    return (long) number.precision() - number.scale() - 1;
  }

  private static int significant(BigDecimal number) {
    return new BigDecimal(number.unscaledValue()).stripTrailingZeros().precision();
  }

  /** Returns a number as requests may write it, often at an end of the range or just beyond it. */
  private static String number(RandomGenerator random) {
    StringBuilder text = new StringBuilder(digits(random));
    int point = text.length() - random.nextInt(text.length() + 1);
    int sign = text.charAt(0) == '-' ? 1 : 0;
    if (random.nextBoolean()) {
      text.insert(Math.max(sign, point), '.');
    }
    if (random.nextInt(8) == 0) {
      text.insert(sign, "0".repeat(random.nextInt(60)));
    }
    if (random.nextInt(3) > 0) {
      String mark = random.nextBoolean() ? "e" : "E";
      text.append(mark).append(exponentText(random, point - sign - 1));
    }
    return random.nextInt(8) == 0 ? "+" + text : text.toString();
  }

  private static String exponentText(RandomGenerator random, int leading) {
    return switch (random.nextInt(6)) {
      case 0 -> "+" + random.nextInt(40);
      case 1 -> String.valueOf(random.nextInt(-140, 140));
      case 2 -> String.valueOf(125 - leading + random.nextInt(-1, 3));
      case 3 -> String.valueOf(-130 - leading + random.nextInt(-2, 2));
      case 4 -> "-" + (random.nextLong() >>> 1) + random.nextInt(1_000);
      default -> String.valueOf(random.nextLong() >> random.nextInt(64));
    };
  }

  private static String digits(RandomGenerator random) {
    int length = random.nextInt(20) == 0 ? 1 + random.nextInt(400) : 1 + random.nextInt(42);
    int variety = random.nextInt(1, 11);
    StringBuilder digits = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
    for (int i = 0; i < length; i++) {
      digits.append((char) ('0' + random.nextInt(variety)));
    }
    return digits.append("0".repeat(random.nextInt(4) == 0 ? random.nextInt(130) : 0)).toString();
  }

  private static int scale(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(-130, 170);
      case 1 -> Integer.MAX_VALUE - random.nextInt(200);
      case 2 -> Integer.MIN_VALUE + random.nextInt(200);
      default -> random.nextInt() >> random.nextInt(32);
    };
  }
}
