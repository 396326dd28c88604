package org.ostraka.server.http;

import io.helidon.http.DateTime;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.ostraka.server.work.HeavyWork;

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

  /** Compressing more than this is heavy work. */
  private static final int LONG_BYTES = 256 * 1024;

  private final int minCompressedBytes;
  private final HeavyWork heavy;

  /** The turns for bodies that are made while they are sent. They leave one processor to others. */
  private final Semaphore turns =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), true);

  ResponseWriter(int minCompressedBytes, HeavyWork heavy) {
    this.minCompressedBytes = minCompressedBytes;
    this.heavy = heavy;
  }

  /** Writes the answer to a request with this method and these fields. */
  void write(
      String method,
      HttpHeaders asked,
      HttpResponse response,
      String requestId,
      boolean last,
      RoutingResponse to) {
    AnswerCoding coding =
        mayBeCompressed(response.body()) ? AnswerCoding.chosen(asked) : AnswerCoding.IDENTITY;
    boolean compressed = coding != AnswerCoding.IDENTITY;
    Body body = compressed ? compressed(response.body(), coding) : response.body();
    ServerResponseHeaders headers = to.headers();
    fill(headers, method, asked, response, requestId, body);
    if (compressed) {
      headers.set(HeaderNames.CONTENT_ENCODING, coding.fieldValue());
    }
    if (last) {
      headers.set(HeaderValues.CONNECTION_CLOSE);
    }
    to.status(Status.create(response.status()));
    if (method.equals("HEAD")) {
      to.send(NO_BODY);
    } else {
      send(body, to);
    }
  }

  private void send(Body body, RoutingResponse to) {
    switch (body) {
      case Body.Bytes(byte[] array, int size) -> to.send(array, 0, size);
      case Body.Pieces pieces -> {
        try (OutputStream out = to.outputStream()) {
          if (pieces.areKept()) {
            pieces.writeTo(out);
          } else {
            MadeInTurns.send(pieces, out, turns);
          }
        } catch (IOException failure) {
          throw new CloseConnectionException("lost the client", failure);
        }
        to.commit();
      }
    }
  }

  /** A body that is made while it is sent is not compressed: that would take twice the time. */
  private boolean mayBeCompressed(Body body) {
    boolean kept = !(body instanceof Body.Pieces pieces) || pieces.areKept();
    return kept && body.length() >= minCompressedBytes;
  }

  private Body compressed(Body body, AnswerCoding coding) {
    return body.length() > LONG_BYTES
        ? heavy.finish(() -> coded(body, coding))
        : coded(body, coding);
  }

  /** Sets every field of an answer except those of its encoding and its connection. */
  static void fill(
      ServerResponseHeaders headers,
      String method,
      HttpHeaders asked,
      HttpResponse response,
      String requestId,
      Body body) {
    headers.set(SERVER);
    if (response.contentType().equals(HttpResponse.API_JSON)) {
      headers.set(API_JSON);
    } else if (!response.contentType().isEmpty()) {
      headers.set(HeaderNames.CONTENT_TYPE, response.contentType());
    }
    headers.set(HeaderNames.CONTENT_LENGTH, Long.toString(body.length()));
    headers.set(REQUEST_ID, requestId);
    headers.set(CRC32_OF_BODY, Long.toString(body.crc32()));
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
            "Content-Length: " + response.body().length(),
            "Connection: close",
            "x-amzn-RequestId: " + requestId,
            "x-amz-crc32: " + response.body().crc32(),
            "",
            "");
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(headBytes);
    bytes.writeBytes(bytes(response.body()));
    return bytes.toByteArray();
  }

  /** Returns all bytes of a short body. */
  static byte[] bytes(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) body.length());
    try {
      body.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static Body coded(Body body, AnswerCoding coding) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) body.length() / 2);
    try (OutputStream out = coding.compressing(bytes)) {
      body.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array cannot fail", e);
    }
    return Body.of(bytes.toByteArray());
  }
}
