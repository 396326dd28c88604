package org.ostraka.server.region;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.server.region.BodyCompression.Compressed;

/** Bodies are compressed as the other server can read them. */
final class BodyCompressionTest {
  private static final byte[] REPEATED =
      "a vote for candidate ".repeat(2_000).getBytes(StandardCharsets.UTF_8);

  @Test
  void aServerOfTheFirstVersionGetsGzip() throws IOException {
    Compressed body = BodyCompression.compressed(1, REPEATED);
    assertThat(body.coding()).isEqualTo("gzip");
    assertThat(body.bytes().length).isLessThan(REPEATED.length / 20);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body.bytes()))) {
      assertThat(in.readAllBytes()).isEqualTo(REPEATED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void laterOnesGetZstandard(int version) throws IOException {
    Compressed body = BodyCompression.compressed(version, REPEATED);
    assertThat(body.coding()).isEqualTo("zstd");
    assertThat(body.bytes().length).isLessThan(REPEATED.length / 20);
    assertThat(Zstd.decompress(body.bytes(), REPEATED.length)).isEqualTo(REPEATED);
  }

  /** Each of the random letters takes six of eight bits. */
  @Test
  void randomLettersBecomeAQuarterShorter() throws IOException {
    Random random = new Random(1);
    byte[] letters = new byte[40_000];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) (' ' + random.nextInt(64));
    }
    Compressed body = BodyCompression.compressed(2, letters);
    assertThat(body.bytes().length).isLessThan(letters.length * 4 / 5);
    assertThat(Zstd.decompress(body.bytes(), letters.length)).isEqualTo(letters);
  }
}
