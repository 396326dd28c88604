package org.ostraka.cli.copy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ostraka.delivery.json.JsonValue;

/**
 * Digests of items that are the same for equal items: the order of attributes and of elements of
 * sets does not count, nor how a number is written. Stateless.
 */
final class ItemDigest {
  private ItemDigest() {}

  /** Returns the digest of an item, or of a key. */
  static Digest of(JsonValue item) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      attributes(out, item);
      ByteBuffer digest =
          ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
      return new Digest(digest.getLong(), digest.getLong());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static void attributes(DataOutputStream out, JsonValue item) throws IOException {
    Map<String, JsonValue> sorted = new TreeMap<>(Json.members(item));
    out.writeInt(sorted.size());
    for (Map.Entry<String, JsonValue> attribute : sorted.entrySet()) {
      string(out, attribute.getKey());
      value(out, attribute.getValue());
    }
  }

  private static void value(DataOutputStream out, JsonValue value) throws IOException {
    for (Map.Entry<String, JsonValue> typed : Json.members(value).entrySet()) {
      String type = typed.getKey();
      string(out, type);
      switch (type) {
        case "N" -> string(out, number(text(typed.getValue())));
        case "NS" -> set(out, typed.getValue(), ItemDigest::number);
        case "SS", "BS" -> set(out, typed.getValue(), UnaryOperator.identity());
        case "M" -> attributes(out, typed.getValue());
        case "L" -> list(out, typed.getValue());
        default -> string(out, text(typed.getValue()));
      }
    }
  }

  private static void list(DataOutputStream out, JsonValue list) throws IOException {
    List<JsonValue> elements = elements(list);
    out.writeInt(elements.size());
    for (JsonValue element : elements) {
      value(out, element);
    }
  }

  private static void set(DataOutputStream out, JsonValue set, UnaryOperator<String> form)
      throws IOException {
    List<String> sorted = elements(set).stream().map(ItemDigest::text).map(form).sorted().toList();
    out.writeInt(sorted.size());
    for (String element : sorted) {
      string(out, element);
    }
  }

  private static List<JsonValue> elements(JsonValue value) {
    return value instanceof JsonValue.Elements(List<JsonValue> values) ? values : List.of();
  }

  private static String number(String text) {
    BigDecimal number = new BigDecimal(text);
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
  }

  private static String text(JsonValue value) {
    return switch (value) {
      case JsonValue.Text(String text) -> text;
      case JsonValue.Flag(boolean flag) -> String.valueOf(flag);
      case JsonValue.Numeric(BigDecimal number) -> number.toString();
      case JsonValue.Null _, JsonValue.Members _, JsonValue.Elements _ -> value.kind();
    };
  }

  private static void string(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
