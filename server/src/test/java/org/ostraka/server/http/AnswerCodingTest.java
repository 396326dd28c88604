package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which coding an answer has, by what the client accepts (RFC 9110, section 12.5.3). */
final class AnswerCodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip                   | GZIP",
        "deflate                | DEFLATE",
        "GZIP                   | GZIP",
        "deflate, gzip          | GZIP",
        "gzip, deflate          | GZIP",
        "deflate, gzip;q=0.8    | DEFLATE",
        "deflate;q=0.5,gzip;q=1 | GZIP",
        "gzip;q=0               | IDENTITY",
        "gzip;q=0.000           | IDENTITY",
        "gzip;q=0, deflate      | DEFLATE",
        "gzip;q=nonsense        | GZIP",
        "identity               | IDENTITY",
        "br, zstd               | IDENTITY",
        "gzipped                | IDENTITY",
        "''                     | IDENTITY",
        ";,;q=1                 | IDENTITY",
      })
  void theClientChooses(String accepted, AnswerCoding coding) {
    assertThat(AnswerCoding.chosen(HttpHeaders.of("Accept-Encoding", accepted))).isEqualTo(coding);
  }

  @Test
  void severalFieldsAreReadTogether() {
    assertThat(chosen("identity", "deflate")).isEqualTo(AnswerCoding.DEFLATE);
    assertThat(chosen("deflate", "gzip")).isEqualTo(AnswerCoding.GZIP);
    assertThat(chosen("gzip;q=0", "deflate;q=0.1")).isEqualTo(AnswerCoding.DEFLATE);
    assertThat(AnswerCoding.chosen(HttpHeaders.none())).isEqualTo(AnswerCoding.IDENTITY);
  }

  @Test
  void whatIsWrittenCanBeReadBack() throws IOException {
    byte[] body = "{\"Items\":[]}".repeat(1000).getBytes(StandardCharsets.UTF_8);
    byte[] gzip = compressed(AnswerCoding.GZIP, body);
    byte[] deflate = compressed(AnswerCoding.DEFLATE, body);
    assertThat(deflate.length).isLessThan(gzip.length).isLessThan(body.length);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      assertThat(in.readAllBytes()).isEqualTo(body);
    }
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflate))) {
      assertThat(in.readAllBytes()).isEqualTo(body);
    }
  }

  private static AnswerCoding chosen(String first, String second) {
    return AnswerCoding.chosen(HttpHeaders.of("Accept-Encoding", first, "accept-encoding", second));
  }

  private static byte[] compressed(AnswerCoding coding, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = coding.compressing(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }
}
