package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ostraka.model.AttributeValue.BS;
import org.ostraka.model.AttributeValue.L;
import org.ostraka.model.AttributeValue.M;
import org.ostraka.model.AttributeValue.N;
import org.ostraka.model.AttributeValue.NS;
import org.ostraka.model.AttributeValue.S;
import org.ostraka.model.AttributeValue.SS;

final class AttributeValueTest {
  private static final String HALF_A_PAIR = "\uD83D";

  @Test
  void numbersOfOneValueAreEqual() {
    assertThat(new N(new BigDecimal("1.0"))).isEqualTo(new N(BigDecimal.ONE));
    assertThat(new N(new BigDecimal("0e7"))).isEqualTo(new N(BigDecimal.ZERO));
    assertThat(new N(new BigDecimal("1e2"))).hasSameHashCodeAs(new N(new BigDecimal("100.0")));
  }

  @Test
  void numbersBeyondTheLimitsAreRefused() {
    assertThatThrownBy(() -> new N(new BigDecimal("1e126")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NS(Set.of(new BigDecimal("1e-131"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textWithoutUtf8FormIsRefused() {
    assertThatThrownBy(() -> new S(HALF_A_PAIR)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SS(Set.of("a", HALF_A_PAIR)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void setsAreNeverEmpty() {
    assertThatThrownBy(() -> new SS(Set.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NS(Set.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BS(Set.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void setHoldsEachNumberOnceWhateverItsForm() {
    Set<BigDecimal> twice = Set.of(BigDecimal.ONE, new BigDecimal("1.0"));

    assertThatThrownBy(() -> new NS(twice)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void setsAreSortedAndEqualInAnyOrder() {
    SS one = new SS(new LinkedHashSet<>(List.of("b", "", "😀", "\uFFFF", "a")));
    SS other = new SS(new LinkedHashSet<>(List.of("\uFFFF", "a", "😀", "b", "")));

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.values()).containsExactly("", "a", "b", "\uFFFF", "😀");
    assertThat(other.values()).containsExactly("", "a", "b", "\uFFFF", "😀");
    assertThat(new NS(numbers("10", "9", "-1.5", "0")).values())
        .containsExactlyElementsOf(numbers("-1.5", "0", "9", "10"));
    assertThat(
            new BS(new LinkedHashSet<>(List.of(Bytes.of(255), Bytes.of(1, 2), Bytes.EMPTY)))
                .values())
        .containsExactly(Bytes.EMPTY, Bytes.of(1, 2), Bytes.of(255));
  }

  private static Set<BigDecimal> numbers(String... texts) {
    return Arrays.stream(texts)
        .map(text -> DecimalNumber.normalize(new BigDecimal(text)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Test
  void mapsKeepTheOrderInWhichTheyCameAndAreEqualInAny() {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    values.put("z", new S("1"));
    values.put("a", new S("2"));
    M map = new M(values);

    assertThat(map.values().keySet()).containsExactly("z", "a");
    assertThat(map).isEqualTo(new M(Map.of("a", new S("2"), "z", new S("1"))));
  }

  @Test
  void listsAreEqualInOneOrderOnly() {
    assertThat(new L(List.of(new S("1"), new S("2"))))
        .isNotEqualTo(new L(List.of(new S("2"), new S("1"))));
  }

  @Test
  void containersAreCopiedAndCannotBeChanged() {
    List<AttributeValue> values = new ArrayList<>(List.of(new S("1")));
    L list = new L(values);
    values.clear();

    assertThat(list.values()).containsExactly(new S("1"));
    assertThatThrownBy(() -> list.values().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> new M(Map.of()).values().put("a", new S("")))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> new BS(Set.of(Bytes.EMPTY)).values().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void emptyTextBinaryListAndMapAreValues() {
    assertThat(new S("").value()).isEmpty();
    assertThat(new AttributeValue.B(Bytes.EMPTY).value().isEmpty()).isTrue();
    assertThat(new L(List.of()).values()).isEmpty();
    assertThat(new M(Map.of()).values()).isEmpty();
  }

  @Test
  void valuesOfDifferentTypesDiffer() {
    assertThat(new S("1")).isNotEqualTo(new N(BigDecimal.ONE));
    assertThat(new SS(Set.of("1"))).isNotEqualTo(new NS(Set.of(BigDecimal.ONE)));
    assertThat(new AttributeValue.Null()).isEqualTo(new AttributeValue.Null());
    assertThat(new AttributeValue.Bool(true)).isNotEqualTo(new AttributeValue.Bool(false));
  }
}
