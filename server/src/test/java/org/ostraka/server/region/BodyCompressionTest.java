package org.ostraka.server.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Bodies come out as they went in, and repeated texts are searched for only where that pays. */
final class BodyCompressionTest {
  private static final byte[] REPEATED =
      "a vote for candidate ".repeat(2_000).getBytes(StandardCharsets.UTF_8);

  private final BodyCompression compression = new BodyCompression();

  @Test
  void textsThatRepeatBecomeShort() throws IOException {
    for (int i = 0; i < 3; i++) {
      byte[] compressed = compression.compressed(REPEATED);
      assertThat(compressed.length).isLessThan(REPEATED.length / 20);
      assertThat(read(compressed)).isEqualTo(REPEATED);
    }
  }

  @Test
  void afterABodyThatDidNotBecomeShortTheNextAreNotSearched() throws IOException {
    byte[] random = letters();
    assertThat(read(compression.compressed(random))).isEqualTo(random);
    for (int i = 0; i < BodyCompression.BODIES_WITHOUT_SEARCH; i++) {
      byte[] compressed = compression.compressed(REPEATED);
      assertThat(compressed.length).isBetween(REPEATED.length / 4, REPEATED.length * 3 / 4);
      assertThat(read(compressed)).isEqualTo(REPEATED);
    }
    assertThat(compression.compressed(REPEATED).length).isLessThan(REPEATED.length / 20);
  }

  @Test
  void anEmptyBodyIsOne() throws IOException {
    assertThat(read(compression.compressed(new byte[0]))).isEmpty();
  }

  /** Returns random letters and digits, of which each takes six bits. */
  private static byte[] letters() {
    Random random = new Random(1);
    byte[] letters = new byte[40_000];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) (' ' + random.nextInt(64));
    }
    return letters;
  }

  private static byte[] read(byte[] compressed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }
}
