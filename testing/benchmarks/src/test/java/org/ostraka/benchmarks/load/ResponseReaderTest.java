package org.ostraka.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ResponseReaderTest {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nServer: Server\r\ncontent-LENGTH:  11\r\n\r\n{\"a\":\"b\\n\"}";

  private final ResponseReader reader = new ResponseReader();

  @BeforeEach
  void reset() {
    reader.reset();
  }

  @Test
  void readsAnAnswerInOnePiece() throws IOException {
    assertThat(reader.isComplete(bytes(ANSWER))).isTrue();
    assertThat(reader.status()).isEqualTo(200);
    assertThat(reader.bodyBytes()).isEqualTo(11);
    assertThat(reader.summary()).isEqualTo("HTTP/1.1 200 OK {\"a\":\"b\\n\"}");
  }

  @Test
  void readsAnAnswerByteByByte() throws IOException {
    for (int i = 0; i < ANSWER.length() - 1; i++) {
      assertThat(reader.isComplete(bytes(ANSWER.substring(i, i + 1)))).as("byte %d", i).isFalse();
    }
    assertThat(reader.isComplete(bytes(ANSWER.substring(ANSWER.length() - 1)))).isTrue();
    assertThat(reader.status()).isEqualTo(200);
  }

  @Test
  void readsOneAnswerAfterTheOther() throws IOException {
    assertThat(reader.isComplete(bytes(ANSWER))).isTrue();
    reader.reset();
    String refusal = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    assertThat(reader.isComplete(bytes(refusal))).isTrue();
    assertThat(reader.status()).isEqualTo(400);
    assertThat(reader.bodyBytes()).isZero();
  }

  @Test
  void aLengthInAnotherFieldDoesNotCount() throws IOException {
    String answer = "HTTP/1.1 200 OK\r\nX-Content-Length: 9\r\nContent-Length: 1\r\n\r\na";
    assertThat(reader.isComplete(bytes(answer))).isTrue();
    assertThat(reader.bodyBytes()).isEqualTo(1);
  }

  @Test
  void keepsOnlyTheBeginningOfALongBody() throws IOException {
    int length = 1 << 20;
    ByteBuffer head = bytes("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
    assertThat(reader.isComplete(head)).isFalse();
    assertThat(reader.isComplete(bytes("y".repeat(length - 1)))).isFalse();
    assertThat(reader.isComplete(bytes("y"))).isTrue();
    assertThat(reader.bodyBytes()).isEqualTo(length);
    assertThat(reader.summary()).hasSizeLessThan(10_000);
  }

  @Test
  void refusesAnAnswerWithoutLength() {
    String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThatThrownBy(() -> reader.isComplete(bytes(answer)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("without Content-Length");
  }

  @Test
  void refusesBytesBehindAnAnswer() {
    assertThatThrownBy(() -> reader.isComplete(bytes(ANSWER + "HTTP")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nobody asked for");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }
}
