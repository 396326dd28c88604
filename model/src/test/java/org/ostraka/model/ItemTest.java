package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ostraka.model.AttributeValue.S;

final class ItemTest {
  private static final Item ITEM = item("z", "a", "m");

  @Test
  void keepsTheOrderOfItsAttributesAndIsEqualInAny() {
    assertThat(ITEM.attributes().keySet()).containsExactly("z", "a", "m");
    assertThat(ITEM).isEqualTo(item("a", "m", "z")).hasSameHashCodeAs(item("m", "z", "a"));
  }

  @Test
  void isACopyThatCannotBeChanged() {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(ITEM.attributes());
    Item item = new Item(attributes);
    attributes.clear();

    assertThat(item).isEqualTo(ITEM);
    assertThatThrownBy(() -> item.attributes().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void findsAnAttributeByItsName() {
    assertThat(ITEM.attribute("a")).contains(new S("a"));
    assertThat(ITEM.attribute("A")).isEmpty();
  }

  @Test
  void keepsOnlyWhatIsNamedInItsOwnOrder() {
    assertThat(ITEM.only(List.of("m", "absent", "z"))).isEqualTo(item("z", "m"));
    assertThat(ITEM.only(List.of("m", "z")).attributes().keySet()).containsExactly("z", "m");
    assertThat(ITEM.only(List.of())).isEqualTo(item());
  }

  private static Item item(String... names) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (String name : names) {
      attributes.put(name, new S(name));
    }
    return new Item(attributes);
  }
}
