package org.ostraka.engine.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.AttributeValue.B;
import org.ostraka.model.AttributeValue.N;
import org.ostraka.model.AttributeValue.S;
import org.ostraka.model.Bytes;
import org.ostraka.testkit.random.Fuzz;
import org.ostraka.testkit.random.Generator;

/** Key attributes keep their order, their ends and their values as bytes. */
final class KeyEncodingFuzzTest {
  private static final int INPUTS = 100_000;
  private static final int MAX_VALUES = 4;

  /** Values that are often much like the one before. */
  private static final Generator<List<AttributeValue>> ALIKE =
      random -> {
        List<AttributeValue> values = new ArrayList<>();
        values.add(KeyValues.random(random));
        for (int i = random.nextInt(MAX_VALUES); i > 0; i--) {
          values.add(KeyValues.near(random, values.getLast()));
        }
        return values;
      };

  /** Values of which there are so few that tuples often agree in a part. */
  private static final Generator<List<AttributeValue>> TINY =
      ((Generator<AttributeValue>) KeyValues::tiny).listsOfUpTo(2 * MAX_VALUES);

  @Test
  void valuesSortAsTheirEncodings(TestInfo test) {
    Fuzz.of(test, INPUTS)
        .lists(
            values -> {
              for (int i = 1; i < values.size(); i++) {
                AttributeValue one = values.get(i - 1);
                AttributeValue other = values.get(i);
                assertThat(order(KeyEncoding.encode(one), KeyEncoding.encode(other)))
                    .isEqualTo(Integer.signum(compare(one, other)));
              }
            },
            ALIKE);
  }

  /** Cuts a list in two tuples; where both begin alike, the shorter one comes first. */
  @Test
  void tuplesSortByTheirFirstDifferenceAndNeverCollide(TestInfo test) {
    Fuzz.of(test, INPUTS)
        .lists(
            values -> {
              List<AttributeValue> one = values.subList(0, values.size() / 2);
              List<AttributeValue> other = values.subList(values.size() / 2, values.size());
              assertThat(order(KeyEncoding.encode(one), KeyEncoding.encode(other)))
                  .isEqualTo(Integer.signum(compare(one, other)));
            },
            Generator.either(List.of(ALIKE, TINY)));
  }

  @Test
  void tuplesAreReadBackFromTheirBytesValueByValue(TestInfo test) {
    Fuzz.of(test, INPUTS)
        .lists(
            values ->
                assertThat(new KeyReader(KeyEncoding.encode(values)).values()).isEqualTo(values),
            Generator.either(List.of(ALIKE, TINY)));
  }

  /** Nothing that follows a value changes where it ends. */
  @Test
  void noEncodingBeginsWithAnother(TestInfo test) {
    Fuzz.of(test, INPUTS)
        .lists(
            values -> {
              for (int i = 1; i < values.size(); i++) {
                byte[] one = KeyEncoding.encode(values.get(i - 1)).array();
                byte[] other = KeyEncoding.encode(values.get(i)).array();
                int shorter = Math.min(one.length, other.length);
                assertThat(Arrays.equals(one, 0, shorter, other, 0, shorter))
                    .isEqualTo(values.get(i - 1).equals(values.get(i)));
              }
            },
            Generator.either(List.of(ALIKE, TINY)));
  }

  private static int order(Bytes one, Bytes other) {
    return Integer.signum(one.compareTo(other));
  }

  private static int compare(List<AttributeValue> one, List<AttributeValue> other) {
    Iterator<AttributeValue> others = other.iterator();
    for (AttributeValue value : one) {
      int order = others.hasNext() ? compare(value, others.next()) : 1;
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  private static int compare(AttributeValue one, AttributeValue other) {
    return switch (one) {
      case N(BigDecimal number) when other instanceof N(BigDecimal otherNumber) ->
          number.compareTo(otherNumber);
      case S(String text) when other instanceof S(String otherText) ->
          utf8(text).compareTo(utf8(otherText));
      case B(Bytes bytes) when other instanceof B(Bytes otherBytes) -> bytes.compareTo(otherBytes);
      default -> Integer.compare(rank(one), rank(other));
    };
  }

  private static int rank(AttributeValue value) {
    return value instanceof N ? 0 : value instanceof S ? 1 : 2;
  }

  private static Bytes utf8(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
