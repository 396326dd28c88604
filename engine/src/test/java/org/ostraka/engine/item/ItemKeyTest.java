package org.ostraka.engine.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;

/** Which row an item has, and what is said of a key that has none. */
final class ItemKeyTest {
  private static final Space SPACE = new Space(7);
  private static final TableKey SIMPLE =
      new TableKey(new AttributeDefinition("p", ScalarType.S), Optional.empty());
  private static final TableKey COMPOSITE =
      new TableKey(
          new AttributeDefinition("p", ScalarType.S),
          Optional.of(new AttributeDefinition("s", ScalarType.B)));
  private static final String MISMATCH = "The provided key element does not match the schema";

  @Test
  void itemAndItsKeyHaveTheSameRow() {
    Item key = new Item(Map.of("p", text("a"), "s", binary(1)));
    Item item = new Item(Map.of("p", text("a"), "s", binary(1), "other", text("x")));
    RowKey row = ItemKey.ofKey(SPACE, COMPOSITE, key);
    assertThat(ItemKey.ofItem(SPACE, COMPOSITE, item)).isEqualTo(row);
    assertThat(row.space()).isEqualTo(SPACE);
    assertThat(row.sort().isEmpty()).isFalse();
    assertThat(ItemKey.ofKey(SPACE, SIMPLE, new Item(Map.of("p", text("a")))).sort().isEmpty())
        .isTrue();
  }

  @Test
  void equalNumbersAreOneKey() {
    TableKey numbers = new TableKey(new AttributeDefinition("n", ScalarType.N), Optional.empty());
    assertThat(ItemKey.ofKey(SPACE, numbers, number("100")))
        .isEqualTo(ItemKey.ofKey(SPACE, numbers, number("1E+2")))
        .isEqualTo(ItemKey.ofKey(SPACE, numbers, number("100.000")));
    assertThat(ItemKey.ofKey(SPACE, numbers, number("0")))
        .isEqualTo(ItemKey.ofKey(SPACE, numbers, number("0.0")));
  }

  @Test
  void keyHasJustTheKeyAttributesOfTheirTypes() {
    for (Map<String, AttributeValue> wrong :
        List.<Map<String, AttributeValue>>of(
            Map.of(),
            Map.of("p", text("a")),
            Map.of("s", binary(1)),
            Map.of("p", text("a"), "other", binary(1)),
            Map.of("p", text("a"), "s", text("b")),
            Map.of("p", new AttributeValue.Null(), "s", binary(1)),
            Map.of("p", text("a"), "s", binary(1), "other", text("x")))) {
      assertKeyRefused(new Item(wrong), MISMATCH);
    }
  }

  @Test
  void itemIsToldWhichKeyAttributeItLacks() {
    assertItemRefused(
        new Item(Map.of("s", binary(1))),
        "One or more parameter values were invalid: Missing the key p in the item");
    assertItemRefused(
        new Item(Map.of("p", text("a"))),
        "One or more parameter values were invalid: Missing the key s in the item");
  }

  @Test
  void itemIsToldWhichTypeItsKeyAttributeShouldHave() {
    assertItemRefused(
        new Item(Map.of("p", new AttributeValue.L(List.of()), "s", binary(1))),
        "One or more parameter values were invalid: Type mismatch for key p expected: S actual: L");
    assertItemRefused(
        new Item(Map.of("p", text("a"), "s", text("b"))),
        "One or more parameter values were invalid: Type mismatch for key s expected: B actual: S");
  }

  @Test
  void emptyKeyAttributesAreRefusedByTheirType() {
    String empty =
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty ";
    Item noText = new Item(Map.of("p", text(""), "s", binary(1)));
    assertItemRefused(noText, empty + "string value. Key: p");
    assertKeyRefused(noText, empty + "string value. Key: p");
    Item noBinary = new Item(Map.of("p", text("a"), "s", binary(0)));
    assertItemRefused(noBinary, empty + "binary value. Key: s");
    assertKeyRefused(noBinary, empty + "binary value. Key: s");
  }

  @Test
  void partitionKeyHas2048BytesAtMost() {
    Item fits = new Item(Map.of("p", text("\u00e9".repeat(1024)), "s", binary(1)));
    assertThat(ItemKey.ofItem(SPACE, COMPOSITE, fits).space()).isEqualTo(SPACE);
    assertItemRefused(
        new Item(Map.of("p", text("\u00e9".repeat(1024) + "x"), "s", binary(1))),
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size"
            + " limit of2048 bytes");
  }

  @Test
  void sortKeyHas1024BytesAtMost() {
    Item fits = new Item(Map.of("p", text("a"), "s", binary(1024)));
    assertThat(ItemKey.ofKey(SPACE, COMPOSITE, fits).space()).isEqualTo(SPACE);
    assertKeyRefused(
        new Item(Map.of("p", text("a"), "s", binary(1025))),
        "One or more parameter values were invalid: Aggregated size of all range keys has exceeded"
            + " the size limit of 1024 bytes");
  }

  private static void assertItemRefused(Item item, String message) {
    assertThatThrownBy(() -> ItemKey.ofItem(SPACE, COMPOSITE, item))
        .isInstanceOf(ValidationException.class)
        .hasMessage(message);
  }

  private static void assertKeyRefused(Item key, String message) {
    assertThatThrownBy(() -> ItemKey.ofKey(SPACE, COMPOSITE, key))
        .isInstanceOf(ValidationException.class)
        .hasMessage(message);
  }

  private static AttributeValue text(String value) {
    return new AttributeValue.S(value);
  }

  private static AttributeValue binary(int sizeBytes) {
    return new AttributeValue.B(Bytes.wrap(new byte[sizeBytes]));
  }

  private static Item number(String text) {
    return new Item(Map.of("n", new AttributeValue.N(new BigDecimal(text))));
  }
}
