package org.ostraka.voting.election;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads and makes attributes of rows. */
public final class Attributes {
  private Attributes() {}

  /** Returns an attribute that a row has to have. */
  public static AttributeValue attribute(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(row.get(name))
        .orElseThrow(() -> new IllegalStateException("a row without " + name));
  }

  /** Returns a text that a row has to have. */
  public static String text(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(attribute(row, name).s())
        .orElseThrow(() -> new IllegalStateException(name + " is no text"));
  }

  /** Returns a whole number that a row has to have. */
  public static long number(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(attribute(row, name).n())
        .map(Long::parseLong)
        .orElseThrow(() -> new IllegalStateException(name + " is no number"));
  }

  /** Returns bytes that a row has to have. */
  public static byte[] bytes(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(attribute(row, name).b())
        .map(SdkBytes::asByteArray)
        .orElseThrow(() -> new IllegalStateException(name + " has no bytes"));
  }

  public static AttributeValue of(String text) {
    return AttributeValue.fromS(text);
  }

  public static AttributeValue of(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  public static AttributeValue of(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  public static AttributeValue of(List<String> texts) {
    return AttributeValue.fromL(texts.stream().map(AttributeValue::fromS).toList());
  }
}
