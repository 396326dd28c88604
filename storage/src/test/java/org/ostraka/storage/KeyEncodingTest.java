package org.ostraka.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.AttributeValue.B;
import org.ostraka.model.AttributeValue.N;
import org.ostraka.model.AttributeValue.S;
import org.ostraka.model.Bytes;

final class KeyEncodingTest {
  private static final int RANDOM_PAIRS = 200_000;

  // The storage module's tests cannot use testkit, which is built after it; the property is the
  // same.
  private static final long SEED =
      Long.getLong("ostraka.seed", RandomGenerator.getDefault().nextLong());
  private static final String REPEAT =
      "mvn -pl storage -am test -Dtest=KeyEncodingTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dostraka.seed="
          + SEED;

  @Test
  void numbersSortByValue() {
    List<BigDecimal> sorted = new ArrayList<>();
    for (String text :
        List.of(
            "1e-130",
            "1.1e-130",
            "9.9e-130",
            "1e-129",
            "1e-10",
            "0.001",
            "0.01",
            "0.011",
            "0.1",
            "0.10000000000000000000000000000000000001",
            "0.5",
            "0.99",
            "1",
            "1.05",
            "1.1",
            "1.5",
            "9",
            "9.9",
            "10",
            "10.5",
            "11",
            "99",
            "100",
            "100.5",
            "101",
            "110",
            "999",
            "1000",
            "1234567890123456789",
            "99999999999999999999999999999999999999",
            "1e38",
            "1e125",
            "9.9999999999999999999999999999999999999e125")) {
      sorted.add(new BigDecimal(text));
    }
    List<BigDecimal> all = new ArrayList<>(sorted.stream().map(BigDecimal::negate).toList());
    all.sort(Comparator.naturalOrder());
    all.add(BigDecimal.ZERO);
    all.addAll(sorted);

    assertThat(all.stream().map(N::new).map(KeyEncoding::encode).toList())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void numbersOfOneValueHaveOneEncoding() {
    assertThat(number("1.00")).isEqualTo(number("1"));
    assertThat(number("-0")).isEqualTo(number("0.000"));
    assertThat(number("100")).isEqualTo(number("1e2"));
  }

  @Test
  void textSortsByItsUtf8Bytes() {
    List<String> sorted =
        List.of(
            "",
            "\u0000",
            "\u0000\u0000",
            "\u0000\u0001",
            "\u0000a",
            "\u0001",
            "A",
            "a",
            "a\u0000",
            "a\u0001",
            "aa",
            "ab",
            "b",
            "z",
            "\u007F",
            "ä",
            "€",
            "\uFFFF",
            "😀");

    assertThat(sorted.stream().map(S::new).map(KeyEncoding::encode).toList())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void binarySortsUnsigned() {
    List<Bytes> sorted =
        List.of(
            Bytes.EMPTY,
            Bytes.of(0),
            Bytes.of(0, 0),
            Bytes.of(0, 1),
            Bytes.of(0, 254),
            Bytes.of(0, 255),
            Bytes.of(0, 255, 0),
            Bytes.of(1),
            Bytes.of(1, 0),
            Bytes.of(127),
            Bytes.of(128),
            Bytes.of(255),
            Bytes.of(255, 0),
            Bytes.of(255, 255));

    assertThat(sorted.stream().map(B::new).map(KeyEncoding::encode).toList())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void randomValuesSortAsTheirEncodings() {
    RandomGenerator random = new SplittableRandom(SEED);
    for (int i = 0; i < RANDOM_PAIRS; i++) {
      AttributeValue one = KeyValues.random(random);
      AttributeValue other = KeyValues.near(random, one);
      int expected = Integer.signum(compare(one, other));
      int found = Integer.signum(KeyEncoding.encode(one).compareTo(KeyEncoding.encode(other)));
      if (found != expected) {
        assertThat(found).as("%s and %s, repeat with: %s", one, other, REPEAT).isEqualTo(expected);
      }
    }
  }

  @Test
  void randomTuplesSortByTheirFirstDifferenceAndNeverCollide() {
    RandomGenerator random = new SplittableRandom(SEED);
    Map<Bytes, List<AttributeValue>> tuples = new HashMap<>();
    for (int i = 0; i < RANDOM_PAIRS / 4; i++) {
      List<AttributeValue> one = List.of(KeyValues.tiny(random), KeyValues.tiny(random));
      List<AttributeValue> other = List.of(KeyValues.tiny(random), KeyValues.tiny(random));
      int first = compare(one.getFirst(), other.getFirst());
      int expected = Integer.signum(first != 0 ? first : compare(one.getLast(), other.getLast()));
      int found = Integer.signum(KeyEncoding.encode(one).compareTo(KeyEncoding.encode(other)));
      List<AttributeValue> twin = tuples.putIfAbsent(KeyEncoding.encode(one), one);
      if (found != expected || (twin != null && !twin.equals(one))) {
        assertThat(found).as("%s, %s, %s: %s", one, other, twin, REPEAT).isEqualTo(expected);
      }
    }
  }

  @Test
  void tuplesOfDifferentCutsDiffer() {
    Set<Bytes> encodings =
        Set.of(
            KeyEncoding.encode(List.of(new S("ab"), new S(""))),
            KeyEncoding.encode(List.of(new S("a"), new S("b"))),
            KeyEncoding.encode(List.of(new S(""), new S("ab"))),
            KeyEncoding.encode(List.of(new S("ab"))),
            KeyEncoding.encode(List.of(new B(Bytes.of('a', 'b')))));

    assertThat(encodings).hasSize(5);
  }

  @Test
  void shorterTupleComesBeforeThoseThatBeginWithIt() {
    Bytes prefix = KeyEncoding.encode(new N(BigDecimal.TEN));
    Bytes longer = KeyEncoding.encode(List.of(new N(BigDecimal.TEN), new S("")));

    assertThat(prefix).isLessThan(longer);
    assertThat(longer).isLessThan(KeyEncoding.encode(new N(new BigDecimal("10.1"))));
  }

  @Test
  void valuesThatCannotBeKeysAreRefused() {
    List<AttributeValue> values =
        List.of(
            new AttributeValue.Null(),
            new AttributeValue.Bool(true),
            new AttributeValue.L(List.of()),
            new AttributeValue.M(Map.of()),
            new AttributeValue.SS(Set.of("a")));
    for (AttributeValue value : values) {
      assertThatThrownBy(() -> KeyEncoding.encode(value))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void longestKeysOfTheServiceFitIntoARowKey() {
    Bytes partition = KeyEncoding.encode(new B(Bytes.wrap(new byte[2048])));
    Bytes sort = KeyEncoding.encode(new S("\u0000".repeat(1024)));

    assertThat(new RowKey(new Space(1), partition, sort).partition().sizeBytes())
        .isEqualTo(1 + 2 * 2048 + 2);
  }

  private static Bytes number(String text) {
    return KeyEncoding.encode(new N(new BigDecimal(text)));
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
