package org.ostraka.engine.encoding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.random.RandomGenerator;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.AttributeValue.B;
import org.ostraka.model.AttributeValue.N;
import org.ostraka.model.AttributeValue.S;
import org.ostraka.model.Bytes;

/** Random values of key attributes, rich in those that careless encodings confuse. Stateless. */
final class KeyValues {
  private KeyValues() {}

  /** Any value. */
  static AttributeValue random(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> new S(randomText(random));
      case 1 -> new B(randomBytes(random));
      default -> new N(randomNumber(random));
    };
  }

  /** A value that is often much like the given one, so that small differences are met. */
  static AttributeValue near(RandomGenerator random, AttributeValue value) {
    return switch (value) {
      case N(BigDecimal number) when random.nextBoolean() -> new N(changed(random, number));
      case S(String text) when random.nextBoolean() -> new S(text + randomText(random));
      case B(Bytes bytes) when random.nextBoolean() && !bytes.isEmpty() -> {
        byte[] copy = bytes.array().clone();
        copy[random.nextInt(copy.length)]++;
        yield new B(Bytes.wrap(copy));
      }
      default -> random(random);
    };
  }

  /** The number with another last digit, another sign or another exponent, where that is legal. */
  private static BigDecimal changed(RandomGenerator random, BigDecimal number) {
    BigDecimal changed =
        switch (random.nextInt(3)) {
          case 0 -> number.add(number.ulp());
          case 1 -> number.negate();
          default -> number.scaleByPowerOfTen(random.nextInt(3) - 1);
        };
    try {
      return new N(changed).value();
    } catch (IllegalArgumentException _) {
      return number;
    }
  }

  private static BigDecimal randomNumber(RandomGenerator random) {
    int digits = 1 + random.nextInt(38);
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
    for (int i = 0; i < digits; i++) {
      text.append((char) ('0' + (random.nextInt(3) == 0 ? 0 : random.nextInt(10))));
    }
    BigInteger unscaled = new BigInteger(text.toString());
    int exponent = random.nextBoolean() ? random.nextInt(5) - 2 : random.nextInt(256) - 130;
    int length = unscaled.abs().toString().length();
    return new BigDecimal(unscaled, length - 1 - exponent);
  }

  private static String randomText(RandomGenerator random) {
    int[] characters = {0, 1, 'a', 'b', 0x7F, 0xE4, 0x7FF, 0x800, 0x20AC, 0xFFFF, 0x10000, 0x1F600};
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(random.nextInt(50) == 0 ? 500 : 6);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }

  private static Bytes randomBytes(RandomGenerator random) {
    int[] values = {0, 0, 1, 2, 127, 128, 254, 255};
    byte[] array = new byte[random.nextInt(random.nextInt(50) == 0 ? 2_048 : 6)];
    for (int i = 0; i < array.length; i++) {
      array[i] = (byte) values[random.nextInt(values.length)];
    }
    return Bytes.wrap(array);
  }

  /** One of so few values that tuples often agree in a part. */
  static AttributeValue tiny(RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> new N(new BigDecimal(random.nextInt(40) - 20).scaleByPowerOfTen(-1));
      case 1 -> new S("\u0000a\u0001".substring(random.nextInt(3)));
      default -> {
        Bytes bytes = randomBytes(random);
        yield new B(bytes.sizeBytes() > 2 ? Bytes.EMPTY : bytes);
      }
    };
  }
}
