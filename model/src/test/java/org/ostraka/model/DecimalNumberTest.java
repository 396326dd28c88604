package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.model.DecimalNumber.Parsed;

final class DecimalNumberTest {
  private static final String NINES = "9".repeat(38);

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "+0, 0",
    "000, 0",
    "0.000, 0",
    "0e5, 0",
    "0e125, 0",
    "0e-130, 0",
    "00.0e126, 0",
    "1, 1",
    "+1, 1",
    "-1, -1",
    "007, 7",
    "1.0, 1",
    "1.50, 1.5",
    "100, 100",
    "-0.001, -0.001",
    "1., 1",
    ".5, 0.5",
    "-.5, -0.5",
    "1e3, 1000",
    "1E+3, 1000",
    "1e-3, 0.001",
    "12.5e1, 125",
    "0.00000e-7, 0",
    "1000000000000000000000000000000000000000, 1e39",
    "1e0000000000000000005, 1e5"
  })
  void readsANumberAsItsValue(String text, BigDecimal value) {
    assertThat(DecimalNumber.parse(text))
        .isEqualTo(new Parsed.Value(DecimalNumber.normalize(value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1 ",
        " 1",
        "a",
        "+",
        "-",
        ".",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1e1.5",
        "1,5",
        "0x1",
        "--1",
        "+-1",
        "1.2.3",
        "NaN",
        "Infinity",
        "\u0661",
        "1_000",
        "1f",
        "1e2147483648",
        "0e2147483648",
        "1e-2147483649",
        "1e99999999999999999999"
      })
  void refusesWhatIsNoNumber(String text) {
    assertThat(DecimalNumber.parse(text)).isEqualTo(new Parsed.NotNumeric());
  }

  @Test
  void holdsTheGreatestAndTheLeastMagnitudes() {
    assertThat(DecimalNumber.parse("9." + "9".repeat(37) + "E125"))
        .isEqualTo(new Parsed.Value(new BigDecimal(new BigInteger(NINES), -88)));
    assertThat(DecimalNumber.parse("-1e125")).isInstanceOf(Parsed.Value.class);
    assertThat(DecimalNumber.parse("1e-130")).isInstanceOf(Parsed.Value.class);
    assertThat(DecimalNumber.parse("-9.9e-130")).isInstanceOf(Parsed.Value.class);
    assertThat(DecimalNumber.parse("1" + "0".repeat(125))).isInstanceOf(Parsed.Value.class);
    assertThat(DecimalNumber.parse("0." + "0".repeat(129) + "1")).isInstanceOf(Parsed.Value.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e126", "-1e126", "10e125", "1e2147483647", "99e2147483647", "0.1e127", "0e126"})
  void tellsAnOverflow(String text) {
    assertThat(DecimalNumber.parse(text)).isInstanceOf(Parsed.Overflow.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e-131",
        "-1e-131",
        "0.1e-130",
        "9.9e-131",
        "1e-2147483648",
        "0.1e-2147483648",
        "0e-131",
        "0.0e-130"
      })
  void tellsAnUnderflow(String text) {
    assertThat(DecimalNumber.parse(text)).isEqualTo(new Parsed.Underflow());
  }

  @Test
  void countsDigitsBetweenTheFirstAndTheLastThatAreNotZero() {
    assertThat(DecimalNumber.parse(NINES)).isInstanceOf(Parsed.Value.class);
    assertThat(DecimalNumber.parse("000" + NINES + "000")).isInstanceOf(Parsed.Value.class);
    assertThat(DecimalNumber.parse("0.000" + NINES + "000")).isInstanceOf(Parsed.Value.class);
    assertThat(DecimalNumber.parse(NINES + "9")).isEqualTo(new Parsed.TooPrecise());
    assertThat(DecimalNumber.parse("1" + "0".repeat(37) + "1")).isEqualTo(new Parsed.TooPrecise());
    assertThat(DecimalNumber.parse("1." + "0".repeat(37) + "1")).isEqualTo(new Parsed.TooPrecise());
  }

  @Test
  void readsVeryLongTexts() {
    String zeros = "0".repeat(100_000);

    assertThat(DecimalNumber.parse(zeros + "1." + zeros))
        .isEqualTo(new Parsed.Value(BigDecimal.ONE));
    assertThat(DecimalNumber.parse("1" + zeros + "e-100000"))
        .isEqualTo(new Parsed.Value(BigDecimal.ONE));
    assertThat(DecimalNumber.parse("0." + zeros + "1e100001"))
        .isEqualTo(new Parsed.Value(BigDecimal.ONE));
  }

  @Test
  void givesEqualValuesOneForm() {
    for (String text : new String[] {"100", "1e2", "100.00", "0.01e4", "+100"}) {
      assertThat(DecimalNumber.normalize(new BigDecimal(text))).isEqualTo(new BigDecimal("1e2"));
    }
    assertThat(DecimalNumber.normalize(new BigDecimal("-0.000"))).isEqualTo(BigDecimal.ZERO);
    assertThat(DecimalNumber.normalize(new BigDecimal("0e500"))).isEqualTo(BigDecimal.ZERO);
  }

  @Test
  void refusesToNormalizeWhatDynamoDbCannotHold() {
    for (BigDecimal value :
        new BigDecimal[] {
          new BigDecimal(NINES + "9"),
          new BigDecimal("1e126"),
          new BigDecimal("-1e126"),
          new BigDecimal("1e-131"),
          new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE),
          new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
          new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE),
          new BigDecimal(BigInteger.TEN.pow(200), Integer.MIN_VALUE + 100)
        }) {
      assertThatThrownBy(() -> DecimalNumber.normalize(value))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "9.99, 0",
    "10, 1",
    "100, 2",
    "0.1, -1",
    "-0.01, -2",
    "123.45, 2",
    "1e125, 125",
    "1e-130, -130",
    "9.9e-130, -130"
  })
  void exponentIsThatOfTheLeadingDigit(BigDecimal value, int exponent) {
    assertThat(DecimalNumber.exponent(DecimalNumber.normalize(value))).isEqualTo(exponent);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 2",
    "-1, 3",
    "10, 2",
    "99, 2",
    "100, 2",
    "101, 3",
    "1000, 2",
    "12345, 4",
    "0.1, 2",
    "0.01, 2",
    "0.001, 2",
    "0.11, 2",
    "0.111, 3",
    "1.1, 3",
    "11.11, 3",
    "-11.11, 4",
    "1e125, 2",
    "1e-130, 2",
    "123456.789, 6"
  })
  void takesAByteForEachPairOfDigits(BigDecimal value, int size) {
    assertThat(DecimalNumber.sizeBytes(DecimalNumber.normalize(value))).isEqualTo(size);
  }

  @Test
  void takesAtMost21BytesAndASign() {
    BigDecimal even = DecimalNumber.normalize(new BigDecimal(NINES));
    BigDecimal odd = DecimalNumber.normalize(new BigDecimal(NINES).scaleByPowerOfTen(1));

    assertThat(DecimalNumber.sizeBytes(even)).isEqualTo(20);
    assertThat(DecimalNumber.sizeBytes(odd)).isEqualTo(21);
    assertThat(DecimalNumber.sizeBytes(odd.negate())).isEqualTo(22);
  }

  @Test
  void textHasNoExponent() {
    assertThat(DecimalNumber.text(DecimalNumber.normalize(new BigDecimal("1e2")))).isEqualTo("100");
    assertThat(DecimalNumber.text(new BigDecimal("1e-7"))).isEqualTo("0.0000001");
    assertThat(DecimalNumber.text(new BigDecimal("-1.5"))).isEqualTo("-1.5");
    assertThat(DecimalNumber.text(new BigDecimal("1e125"))).isEqualTo("1" + "0".repeat(125));
    assertThat(DecimalNumber.text(new BigDecimal("1e-130")))
        .isEqualTo("0." + "0".repeat(129) + "1");
    assertThat(DecimalNumber.text(BigDecimal.ZERO)).isEqualTo("0");
  }
}
