package org.ostraka.benchmarks.expression;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/** An order, as an application may store it. Stateless. */
final class OrderItem {
  private static final int SIZE_BYTES = 1024;

  private OrderItem() {}

  /** Returns an order of 1,024 bytes by the service's formula. */
  static Item ofOneKilobyte() {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("id", text("order-000000000042"));
    attributes.put("customer", text("customer-4711"));
    attributes.put("status", text("open"));
    attributes.put("price", number("99.95"));
    attributes.put("stock", number("12"));
    attributes.put("created", text("2026-11-21T10:00:00Z"));
    attributes.put("tags", new AttributeValue.L(List.of(text("gift"), text("fragile"))));
    attributes.put(
        "address", new AttributeValue.M(Map.of("street", text("Agora 1"), "city", text("Athens"))));
    IntStream.range(0, 8).forEach(i -> attributes.put("field" + i, text("value ".repeat(10))));
    String note = "n".repeat(SIZE_BYTES - "note".length() - new Item(attributes).sizeBytes());
    attributes.put("note", text(note));
    return new Item(attributes);
  }

  static AttributeValue number(String number) {
    return new AttributeValue.N(new BigDecimal(number));
  }

  private static AttributeValue text(String text) {
    return new AttributeValue.S(text);
  }
}
