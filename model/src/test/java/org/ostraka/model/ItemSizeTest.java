package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ostraka.model.AttributeValue.B;
import org.ostraka.model.AttributeValue.BS;
import org.ostraka.model.AttributeValue.Bool;
import org.ostraka.model.AttributeValue.L;
import org.ostraka.model.AttributeValue.M;
import org.ostraka.model.AttributeValue.N;
import org.ostraka.model.AttributeValue.NS;
import org.ostraka.model.AttributeValue.Null;
import org.ostraka.model.AttributeValue.S;
import org.ostraka.model.AttributeValue.SS;

final class ItemSizeTest {
  private static final N ONE_HUNDRED_AND_ONE = new N(new BigDecimal("101"));

  @Test
  void textTakesItsUtf8Bytes() {
    assertThat(ItemSize.of(new S(""))).isZero();
    assertThat(ItemSize.of(new S("abc"))).isEqualTo(3);
    assertThat(ItemSize.of(new S("ä€😀"))).isEqualTo(2 + 3 + 4);
  }

  @Test
  void binaryTakesItsBytes() {
    assertThat(ItemSize.of(new B(Bytes.EMPTY))).isZero();
    assertThat(ItemSize.of(new B(Bytes.of(0, 0, 0)))).isEqualTo(3);
  }

  @Test
  void booleanAndNullTakeAByte() {
    assertThat(ItemSize.of(new Bool(true))).isEqualTo(1);
    assertThat(ItemSize.of(new Null())).isEqualTo(1);
  }

  @Test
  void numberTakesAByteForEachPairOfDigitsAndOneMore() {
    assertThat(ItemSize.of(ONE_HUNDRED_AND_ONE)).isEqualTo(3);
    assertThat(ItemSize.of(new N(BigDecimal.ZERO))).isEqualTo(1);
  }

  @Test
  void containersTakeThreeBytesAndOneForEachElement() {
    assertThat(ItemSize.of(new L(List.of()))).isEqualTo(3);
    assertThat(ItemSize.of(new M(Map.of()))).isEqualTo(3);
    assertThat(ItemSize.of(new L(List.of(new S("abc"), new Null()))))
        .isEqualTo(3 + (1 + 3) + (1 + 1));
    assertThat(ItemSize.of(new M(Map.of("name", new S("abc"), "ü", new Null()))))
        .isEqualTo(3 + (1 + 4 + 3) + (1 + 2 + 1));
    assertThat(ItemSize.of(new L(List.of(new L(List.of(new M(Map.of()))))))).isEqualTo(11);
  }

  @Test
  void anItemHasAtLeastAByteForEachCharacter() {
    Map<String, AttributeValue> attributes =
        Map.of(
            "ü", new S("ä€😀"),
            "l", new L(List.of(new S("ä"), new Bool(true))),
            "s", new SS(Set.of("é", "bc")),
            "n", ONE_HUNDRED_AND_ONE);
    assertThat(ItemSize.least(attributes)).isEqualTo((1 + 4) + (1 + 7) + (1 + 3) + (1 + 3));
    assertThat(ItemSize.ofAttributes(attributes)).isEqualTo((2 + 9) + (1 + 8) + (1 + 4) + (1 + 3));
  }

  @Test
  void setsTakeTheirElements() {
    assertThat(ItemSize.of(new SS(Set.of("a", "bc")))).isEqualTo(3);
    assertThat(ItemSize.of(new NS(Set.of(BigDecimal.ONE, new BigDecimal("-1"))))).isEqualTo(5);
    assertThat(ItemSize.of(new BS(Set.of(Bytes.of(1), Bytes.of(1, 2))))).isEqualTo(3);
  }

  // ExtendDB/extenddb issue 91: the service stores 20,479 numbers of 38 digits in one item.
  @Test
  void aSetOfLongNumbersFillsAnItemToTheLastNumber() {
    assertThat(itemOfLongNumbers(20_479).sizeBytes()).isLessThanOrEqualTo(Limits.ITEM_BYTES);
    assertThat(itemOfLongNumbers(20_480).sizeBytes()).isGreaterThan(Limits.ITEM_BYTES);
  }

  private static Item itemOfLongNumbers(int count) {
    BigDecimal least = new BigDecimal("1" + "0".repeat(36) + "1");
    Set<BigDecimal> numbers =
        IntStream.range(0, count)
            .mapToObj(i -> least.add(BigDecimal.valueOf(i).scaleByPowerOfTen(1)))
            .map(number -> number.setScale(0))
            .collect(Collectors.toSet());
    return new Item(Map.of("pk", new S("p"), "data", new NS(numbers)));
  }

  @Test
  void itemTakesItsNamesAndValues() {
    Item item = new Item(Map.of("id", new S("1"), "größe", ONE_HUNDRED_AND_ONE));

    assertThat(item.sizeBytes()).isEqualTo((2 + 1) + (7 + 3));
    assertThat(new Item(Map.of()).sizeBytes()).isZero();
  }
}
