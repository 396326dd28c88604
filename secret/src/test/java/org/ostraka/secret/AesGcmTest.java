package org.ostraka.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;

/** What is sealed is opened by the same key in the same context, unchanged, and by nothing else. */
final class AesGcmTest {
  private static final byte[] TEXT = "a vote".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CONTEXT = "context".getBytes(StandardCharsets.UTF_8);
  private static final byte[] HEAD = {1, 2};
  private static final int NONCE_BYTES = 12;

  private final byte[] key = AesGcm.newKey();
  private final AesGcm cipher = new AesGcm(key);

  @Test
  void whatIsSealedIsOpenedByAnotherObjectWithTheKey() {
    byte[] sealed = cipher.seal(HEAD, TEXT, CONTEXT);
    assertThat(sealed).hasSize(HEAD.length + TEXT.length + AesGcm.OVERHEAD_BYTES);
    assertThat(Arrays.copyOf(sealed, HEAD.length)).isEqualTo(HEAD);
    assertThat(new AesGcm(key).open(sealed, HEAD.length, CONTEXT)).hasValue(TEXT);
  }

  @Test
  void nothingElseOpensIt() {
    byte[] sealed = cipher.seal(HEAD, TEXT, CONTEXT);
    assertThat(cipher.open(sealed, HEAD.length, HEAD)).as("another context").isEmpty();
    assertThat(new AesGcm(AesGcm.newKey()).open(sealed, HEAD.length, CONTEXT)).isEmpty();
    for (int bit = HEAD.length * Byte.SIZE; bit < sealed.length * Byte.SIZE; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(cipher.open(changed, HEAD.length, CONTEXT)).as("bit %s", bit).isEmpty();
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(cipher.open(Arrays.copyOf(sealed, length), HEAD.length, CONTEXT)).isEmpty();
    }
    assertThat(cipher.open(sealed, HEAD.length, CONTEXT)).as("the cipher still works").isPresent();
  }

  @Test
  void noNonceIsUsedTwiceByManyThreadsAndObjects() {
    Set<Bytes> nonces = ConcurrentHashMap.newKeySet();
    int each = 20_000;
    List.of(cipher, new AesGcm(key), new AesGcm(key)).parallelStream()
        .forEach(one ->
            IntStream.range(0, each)
                .parallel()
                .forEach(_ -> {
                  byte[] sealed = one.seal(new byte[0], TEXT, CONTEXT);
                  nonces.add(Bytes.wrap(Arrays.copyOf(sealed, NONCE_BYTES)));
                }));
    assertThat(nonces).hasSize(3 * each);
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> new AesGcm(new byte[16])).isInstanceOf(IllegalArgumentException.class);
  }
}
