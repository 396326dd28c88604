package org.ostraka.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.model.Bytes;
import org.ostraka.testkit.random.RandomCase;

final class SealingKeyTest {
  private static final byte[] PLAIN = {1, 2, 3};

  private final SealingKey key = key(7);

  private SealingKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return new SealingKey(bytes);
  }

  private static Optional<Bytes> opened(SealingKey key, Bytes sealed, String context) {
    return key.open(sealed, context).map(Bytes::wrap);
  }

  @Test
  void whatIsSealedOpensWithTheSameKeyAndContext() {
    Bytes sealed = key.seal(PLAIN, "a");
    assertThat(opened(key, sealed, "a")).contains(Bytes.wrap(PLAIN));
    assertThat(opened(key(7), sealed, "a")).contains(Bytes.wrap(PLAIN));
  }

  @Test
  void anotherKeyOrContextOpensNothing() {
    Bytes sealed = key.seal(PLAIN, "a");
    assertThat(opened(key, sealed, "b")).isEmpty();
    assertThat(opened(key(8), sealed, "a")).isEmpty();
    assertThat(opened(key.derived("x"), sealed, "a")).isEmpty();
  }

  @Test
  void theSameTextIsNeverSealedTheSame() {
    assertThat(key.seal(PLAIN, "a")).isNotEqualTo(key.seal(PLAIN, "a"));
  }

  @Test
  void derivedKeysFollowFromTheKeyAndThePurpose() {
    Bytes sealed = key.derived("x").seal(PLAIN, "a");
    assertThat(opened(key(7).derived("x"), sealed, "a")).contains(Bytes.wrap(PLAIN));
    assertThat(opened(key.derived("y"), sealed, "a")).isEmpty();
  }

  @Test
  void noChangedByteOpens(TestInfo test) {
    RandomGenerator changes = RandomCase.of(test).branch(0);
    Bytes sealed = key.seal(PLAIN, "a");
    for (int i = 0; i < sealed.sizeBytes(); i++) {
      byte[] changed = sealed.array().clone();
      changed[i] ^= (byte) (1 << changes.nextInt(8));
      assertThat(opened(key, Bytes.wrap(changed), "a")).as("byte " + i).isEmpty();
      assertThat(opened(key, Bytes.wrap(Arrays.copyOf(sealed.array(), i)), "a")).isEmpty();
    }
  }
}
