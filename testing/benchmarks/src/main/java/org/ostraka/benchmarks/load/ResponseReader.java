package org.ostraka.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads answers from one connection; it parses only the status line and the length. One thread. */
final class ResponseReader {
  private static final int MAX_HEAD_BYTES = 8 * 1024;
  private static final int MAX_KEPT_BODY_BYTES = 4 * 1024;
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int STATUS_DIGITS = 3;
  private static final byte[] LENGTH = "content-length:".getBytes(ISO_8859_1);

  private final byte[] head = new byte[MAX_HEAD_BYTES];
  private final byte[] body;
  private int headBytes;
  private int keptBytes;
  private long bodyBytes;
  private long missing;
  private boolean inBody;

  /** Makes a reader that keeps the beginning of a body. */
  ResponseReader() {
    this(MAX_KEPT_BODY_BYTES);
  }

  /** Makes a reader that keeps up to so many bytes of a body. */
  ResponseReader(int maxKeptBytes) {
    body = new byte[maxKeptBytes];
  }

  /** Forgets the last answer. */
  void reset() {
    headBytes = 0;
    keptBytes = 0;
    inBody = false;
  }

  /** Reads received bytes; returns true when the answer is complete. */
  boolean isComplete(ByteBuffer received) throws IOException {
    while (!inBody && received.hasRemaining()) {
      takeHead(received.get());
    }
    if (!inBody) {
      return false;
    }
    takeBody(received);
    if (missing == 0 && received.hasRemaining()) {
      throw new IOException("bytes follow an answer that nobody asked for");
    }
    return missing == 0;
  }

  /** Returns the answer's status, such as 200. */
  int status() throws IOException {
    return (int) number(STATUS_AT, STATUS_AT + STATUS_DIGITS);
  }

  /** Returns the length of the body. */
  long bodyBytes() {
    return bodyBytes;
  }

  /** Returns the kept bytes of the body; the next answer overwrites them. */
  ByteBuffer keptBody() {
    return ByteBuffer.wrap(body, 0, keptBytes);
  }

  /** Returns the status line and the beginning of the body, for a message. */
  String summary() {
    String text = new String(head, 0, headBytes, ISO_8859_1);
    int shown = Math.min(keptBytes, MAX_KEPT_BODY_BYTES);
    return text.lines().findFirst().orElse("") + " " + new String(body, 0, shown, ISO_8859_1);
  }

  private void takeHead(byte received) throws IOException {
    if (headBytes == head.length) {
      throw new IOException("the head of an answer is longer than " + head.length + " bytes");
    }
    head[headBytes++] = received;
    if (received == '\n' && endsHead()) {
      bodyBytes = contentLength();
      missing = bodyBytes;
      inBody = true;
    }
  }

  private boolean endsHead() {
    return headBytes >= 4
        && head[headBytes - 2] == '\r'
        && head[headBytes - 3] == '\n'
        && head[headBytes - 4] == '\r';
  }

  private void takeBody(ByteBuffer received) {
    int taken = (int) Math.min(missing, received.remaining());
    int kept = Math.min(taken, body.length - keptBytes);
    if (kept > 0) {
      received.get(received.position(), body, keptBytes, kept);
      keptBytes += kept;
    }
    received.position(received.position() + taken);
    missing -= taken;
  }

  private long contentLength() throws IOException {
    for (int i = STATUS_AT; i < headBytes; i++) {
      if (head[i - 1] == '\n' && isLengthAt(i)) {
        return number(i + LENGTH.length, headBytes);
      }
    }
    throw new IOException("an answer without Content-Length: " + summary());
  }

  private boolean isLengthAt(int at) {
    if (at + LENGTH.length >= headBytes) {
      return false;
    }
    for (int i = 0; i < LENGTH.length; i++) {
      if ((head[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  /** Parses the number at this place, after spaces. */
  private long number(int from, int to) throws IOException {
    int at = from;
    while (at < to && head[at] == ' ') {
      at++;
    }
    int start = at;
    long value = 0;
    while (at < to && head[at] >= '0' && head[at] <= '9') {
      value = value * 10 + head[at] - '0';
      at++;
    }
    if (at == start) {
      byte[] line = Arrays.copyOfRange(head, 0, headBytes);
      throw new IOException("not an answer of HTTP/1.1: " + new String(line, ISO_8859_1));
    }
    return value;
  }
}
