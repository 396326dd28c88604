package org.ostraka.voting.election;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The size of a row as the service counts it ("DynamoDB item sizes and formats": <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">
 * CapacityUnitCalculations</a>).
 */
final class RowSize {
  /** The most bytes that a row has ("Service, account, and table quotas in Amazon DynamoDB"). */
  static final int MAX_BYTES = 400 * 1024;

  private static final int LIST_OR_MAP_BYTES = 3;
  private static final int ELEMENT_BYTES = 1;

  private RowSize() {}

  /** Returns the bytes of a row: those of the names and values of its attributes. */
  static int bytes(Map<String, AttributeValue> row) {
    return row.entrySet().stream()
        .mapToInt(attribute -> bytes(attribute.getKey()) + bytes(attribute.getValue()))
        .sum();
  }

  private static int bytes(AttributeValue value) {
    return switch (value.type()) {
      case S -> bytes(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case BOOL, NUL -> 1;
      case L ->
          LIST_OR_MAP_BYTES
              + value.l().stream().mapToInt(element -> ELEMENT_BYTES + bytes(element)).sum();
      case M -> LIST_OR_MAP_BYTES + ELEMENT_BYTES * value.m().size() + bytes(value.m());
      case SS -> value.ss().stream().mapToInt(RowSize::bytes).sum();
      case NS -> value.ns().stream().mapToInt(RowSize::number).sum();
      case BS -> value.bs().stream().mapToInt(bytes -> bytes.asByteArrayUnsafe().length).sum();
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("no value: " + value);
    };
  }

  /** Returns the bytes of a number: one, and one for each two significant digits. */
  private static int number(String digits) {
    return 1 + (new BigDecimal(digits).stripTrailingZeros().precision() + 1) / 2;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
