package org.ostraka.model;

import java.math.BigDecimal;
import java.util.Map;

/** A walk over value objects that writes them to a sink. Stateless. */
final class AttributeWalk {
  private AttributeWalk() {}

  static void attributes(Map<String, AttributeValue> attributes, AttributeSink sink) {
    attributes.forEach((name, value) -> {
      sink.name(name);
      value(value, sink);
    });
  }

  private static void value(AttributeValue value, AttributeSink sink) {
    switch (value) {
      case AttributeValue.S(String text) -> sink.text(text);
      case AttributeValue.N(BigDecimal number) -> sink.number(number);
      case AttributeValue.B(Bytes bytes) -> binary(bytes, sink);
      case AttributeValue.Bool(boolean flag) -> sink.bool(flag);
      case AttributeValue.Null() -> sink.nullValue();
      case AttributeValue.L list -> {
        sink.startList();
        list.values().forEach(element -> value(element, sink));
        sink.endList();
      }
      case AttributeValue.M map -> {
        sink.startMap();
        attributes(map.values(), sink);
        sink.endMap();
      }
      case AttributeValue.SS set -> {
        sink.startSet(ScalarType.S);
        set.values().forEach(sink::text);
        sink.endSet();
      }
      case AttributeValue.NS set -> {
        sink.startSet(ScalarType.N);
        set.values().forEach(sink::number);
        sink.endSet();
      }
      case AttributeValue.BS set -> {
        sink.startSet(ScalarType.B);
        set.values().forEach(bytes -> binary(bytes, sink));
        sink.endSet();
      }
    }
  }

  private static void binary(Bytes bytes, AttributeSink sink) {
    sink.binary(bytes.array(), 0, bytes.sizeBytes());
  }
}
