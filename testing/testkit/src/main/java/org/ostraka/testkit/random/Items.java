package org.ostraka.testkit.random;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.Limits;

/**
 * Random items that the service accepts, with all types, awkward characters and extreme numbers.
 * Stateless.
 */
public final class Items {
  private static final int[] CHARACTERS = {
    0, 1, '\t', '\n', ' ', '"', '\'', '/', '\\', '0', '9', 'E', 'S', 'a', 'z', 0x7F, 0x80, 0xE9,
    0x7FF, 0x800, 0x2028, 0x20AC, 0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF
  };

  /** The most levels of nesting of most values. */
  private static final int LEVELS = 4;

  private Items() {}

  /** Returns an item of a few attributes. */
  public static Item item(RandomGenerator random) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      attributes.put(name(random), value(random));
    }
    return new Item(attributes);
  }

  /** Returns an attribute's value, which is now and then nested as deep as is legal. */
  public static AttributeValue value(RandomGenerator random) {
    int depth = random.nextInt(50) == 0 ? random.nextInt(Limits.NESTING_LEVELS) : 0;
    AttributeValue value = value(random, Math.min(LEVELS, Limits.NESTING_LEVELS - depth));
    for (int i = 0; i < depth; i++) {
      value =
          random.nextBoolean()
              ? new AttributeValue.L(List.of(value))
              : new AttributeValue.M(Map.of(name(random), value));
    }
    return value;
  }

  /** Returns an attribute's name. */
  public static String name(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> text(random) + "n";
      case 1 -> Generator.oneOf(List.of("S", "N", "M", "L", "NULL", "__type", "id")).next(random);
      default -> String.valueOf((char) ('a' + random.nextInt(6)));
    };
  }

  private static AttributeValue value(RandomGenerator random, int levels) {
    return switch (random.nextInt(levels > 1 ? 11 : 9)) {
      case 0, 1 -> new AttributeValue.S(text(random));
      case 2 -> new AttributeValue.N(number(random));
      case 3 -> new AttributeValue.B(binary(random));
      case 4 -> new AttributeValue.Bool(random.nextBoolean());
      case 5 -> new AttributeValue.Null();
      case 6 -> new AttributeValue.SS(set(random, Items::text));
      case 7 -> new AttributeValue.NS(set(random, Items::number));
      case 8 -> new AttributeValue.BS(set(random, Items::binary));
      case 9 -> map(random, levels - 1);
      default ->
          new AttributeValue.L(
              Stream.generate(() -> value(random, levels - 1)).limit(random.nextInt(4)).toList());
    };
  }

  private static AttributeValue map(RandomGenerator random, int levels) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.put(name(random), value(random, levels));
    }
    return new AttributeValue.M(values);
  }

  private static <T> Set<T> set(RandomGenerator random, Generator<T> element) {
    Set<T> set = new LinkedHashSet<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      set.add(element.next(random));
    }
    return set;
  }

  private static String text(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(50) == 0 ? 500 : 8); i > 0; i--) {
      text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
    }
    return text.toString();
  }

  private static Bytes binary(RandomGenerator random) {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  /**
   * Returns a number of up to 38 digits, anywhere in the range; normalised, as elements of sets
   * must be.
   */
  private static BigDecimal number(RandomGenerator random) {
    int digits = 1 + random.nextInt(38);
    BigInteger unscaled = BigInteger.valueOf(random.nextInt(10));
    for (int i = 1; i < digits; i++) {
      unscaled = unscaled.multiply(BigInteger.TEN).add(BigInteger.valueOf(random.nextInt(10)));
    }
    int exponent = random.nextBoolean() ? random.nextInt(-130, 126) : random.nextInt(-5, 6);
    int scale = unscaled.toString().length() - 1 - exponent;
    BigDecimal number = new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }
}
