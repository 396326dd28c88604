package org.ostraka.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import java.util.function.Supplier;

/**
 * The bytes of a connection's requests, with two checks that Helidon's parser leaves out: that a
 * request line has the form of RFC 9112, section 3, and that a chunk ends with a line break. The
 * connection's thread.
 */
// Deprecated, but the only way to check what Helidon reads.
@SuppressWarnings("removal")
final class RequestBytes extends DataReader {
  private static final int LINE_BREAK_BYTES = 2;
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private boolean requestLineIsNext = true;

  RequestBytes(Supplier<byte[]> source) {
    super(source);
  }

  /** Called when a request has been read to its end. */
  void requestWasRead() {
    requestLineIsNext = true;
  }

  /** Helidon reads a request line by one call, the first one of a request. */
  @Override
  public byte[] readBytes(int length) {
    byte[] bytes = super.readBytes(length);
    if (requestLineIsNext) {
      requestLineIsNext = false;
      requireRequestLine(bytes);
    }
    return bytes;
  }

  /** Reads content, which may have two bytes that are no line break. */
  @Override
  public BufferData readBuffer(int length) {
    BufferData content = getBuffer(length);
    super.skip(length);
    return content;
  }

  /** Outside of content Helidon skips two bytes only where it expects a line break. */
  @Override
  public void skip(int length) {
    if (length == LINE_BREAK_BYTES) {
      byte first = read();
      byte second = read();
      if (first != '\r' || second != '\n') {
        throw malformed("a line break is missing");
      }
    } else {
      super.skip(length);
    }
  }

  private static void requireRequestLine(byte[] line) {
    int at = 0;
    while (at < line.length && isTokenChar(line[at])) {
      at++;
    }
    boolean hasMethod = at > 0 && at < line.length && line[at] == ' ';
    while (hasMethod && at < line.length) {
      if (line[at] < ' ' || line[at] == 0x7f) {
        throw malformed("a character of the request line is not visible ASCII");
      }
      at++;
    }
    if (!hasMethod) {
      throw malformed("the request line does not start with a method");
    }
  }

  private static boolean isTokenChar(byte c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }

  private static RequestException malformed(String why) {
    return RequestException.builder()
        .type(DirectHandler.EventType.BAD_REQUEST)
        .message(why)
        .build();
  }
}
