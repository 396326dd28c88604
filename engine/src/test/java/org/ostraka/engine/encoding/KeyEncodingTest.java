package org.ostraka.engine.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.AttributeValue.B;
import org.ostraka.model.AttributeValue.N;
import org.ostraka.model.AttributeValue.S;
import org.ostraka.model.Bytes;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/** Chosen values; {@link KeyEncodingFuzzTest} compares random ones. */
final class KeyEncodingTest {
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
}
