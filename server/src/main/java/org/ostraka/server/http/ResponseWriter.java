package org.ostraka.server.http;

import io.helidon.http.DateTime;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes answers with the fields that every answer of the service has: request id, checksum of the
 * body as sent, length, date, server. Immutable.
 */
final class ResponseWriter {

  private static final HeaderName REQUEST_ID = HeaderNames.create("x-amzn-RequestId");
  private static final HeaderName CRC32_OF_BODY = HeaderNames.create("x-amz-crc32");
  private static final Header SERVER = HeaderValues.createCached(HeaderNames.SERVER, "Server");
  private static final Header API_JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, HttpResponse.API_JSON);
  private static final Header ANY_ORIGIN =
      HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
  private static final Header EXPOSED =
      HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, CrossOrigin.EXPOSED);
  private static final byte[] NO_BODY = new byte[0];

  private final int minCompressedBytes;

  ResponseWriter(int minCompressedBytes) {
    this.minCompressedBytes = minCompressedBytes;
  }

  /** Writes the answer to a request with this method and these fields. */
  void write(
      String method,
      HttpHeaders asked,
      HttpResponse response,
      String requestId,
      boolean last,
      ServerResponse to) {
    AnswerCoding coding =
        response.body().length >= minCompressedBytes
            ? AnswerCoding.chosen(asked)
            : AnswerCoding.IDENTITY;
    boolean compressed = coding != AnswerCoding.IDENTITY;
    byte[] body = compressed ? compressed(response.body(), coding) : response.body();
    ServerResponseHeaders headers = to.headers();
    fill(headers, method, asked, response, requestId, body);
    if (compressed) {
      headers.set(HeaderNames.CONTENT_ENCODING, coding.fieldValue());
    }
    if (last) {
      headers.set(HeaderValues.CONNECTION_CLOSE);
    }
    to.status(Status.create(response.status()));
    to.send(method.equals("HEAD") ? NO_BODY : body);
  }

  /** Sets every field of an answer except those of its encoding and its connection. */
  static void fill(
      ServerResponseHeaders headers,
      String method,
      HttpHeaders asked,
      HttpResponse response,
      String requestId,
      byte[] body) {
    headers.set(SERVER);
    if (response.contentType().equals(HttpResponse.API_JSON)) {
      headers.set(API_JSON);
    } else if (!response.contentType().isEmpty()) {
      headers.set(HeaderNames.CONTENT_TYPE, response.contentType());
    }
    headers.set(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
    headers.set(REQUEST_ID, requestId);
    headers.set(CRC32_OF_BODY, Long.toString(crc32(body)));
    response.headers().forEach((name, value) -> headers.set(HeaderNames.create(name), value));
    if (asked.first("Origin").isPresent()) {
      headers.set(ANY_ORIGIN);
      headers.set(EXPOSED);
    }
  }

  /** Returns the bytes of a refusal on a connection that was not read. */
  byte[] whole(Refusal refusal, String requestId) {
    HttpResponse response = refusal.response();
    Status status = Status.create(response.status());
    String head =
        String.join(
            "\r\n",
            "HTTP/1.1 " + status.code() + " " + status.reasonPhrase(),
            "Server: Server",
            "Date: " + DateTime.rfc1123String(),
            "Content-Type: " + response.contentType(),
            "Content-Length: " + response.body().length,
            "Connection: close",
            "x-amzn-RequestId: " + requestId,
            "x-amz-crc32: " + crc32(response.body()),
            "",
            "");
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(headBytes.length + response.body().length);
    bytes.writeBytes(headBytes);
    bytes.writeBytes(response.body());
    return bytes.toByteArray();
  }

  private static long crc32(byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body);
    return crc.getValue();
  }

  private static byte[] compressed(byte[] body, AnswerCoding coding) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2);
    try (OutputStream out = coding.compressing(bytes)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
