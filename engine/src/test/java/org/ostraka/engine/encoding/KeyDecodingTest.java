package org.ostraka.engine.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;

/** What was encoded is read again. */
final class KeyDecodingTest {
  @RepeatedTest(200)
  void everyKeyIsReadAgain(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<AttributeValue> values = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      values.add(value(random));
    }
    assertThat(KeyDecoding.values(KeyEncoding.encode(values))).isEqualTo(values);
  }

  @Test
  void bytesThatEndTooEarlyAreRefused() {
    byte[] whole = KeyEncoding.encode(new AttributeValue.S("abc")).array();
    for (int length = 1; length < whole.length; length++) {
      Bytes cut = Bytes.wrap(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> KeyDecoding.values(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static AttributeValue value(Random random) {
    byte[] bytes = new byte[random.nextInt(6)];
    random.nextBytes(bytes);
    return switch (random.nextInt(3)) {
      case 0 -> new AttributeValue.S("a\0b\u0001\u00e9" + random.nextInt(1_000));
      case 1 -> new AttributeValue.B(Bytes.wrap(bytes));
      default -> new AttributeValue.N(number(random));
    };
  }

  private static BigDecimal number(Random random) {
    BigDecimal number =
        new BigDecimal(new BigInteger(random.nextInt(120), random), random.nextInt(80))
            .stripTrailingZeros();
    return random.nextBoolean() ? number : number.negate();
  }
}
