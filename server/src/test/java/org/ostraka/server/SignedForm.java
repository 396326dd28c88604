package org.ostraka.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ostraka.engine.load.Room;
import org.ostraka.server.http.HttpHeaders;
import org.ostraka.server.http.HttpRequest;

/**
 * Makes requests of the query protocol, signed by steps of their own. Immutable.
 *
 * @param token the session token; empty for a key without one
 */
record SignedForm(String keyId, String secret, Optional<String> token, String scope) {
  /** Signs for a service in us-east-1. */
  static SignedForm of(String keyId, String secret, String service) {
    return new SignedForm(keyId, secret, Optional.empty(), "us-east-1/" + service);
  }

  SignedForm withScope(String other) {
    return new SignedForm(keyId, secret, token, other);
  }

  /** Returns the encoded form of these parameters. */
  static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each ->
            each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** Returns a form that is signed at this time. */
  HttpRequest post(String form, Instant at) {
    return signed(form, at, "Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  }

  /** Returns a request to DynamoDB that is signed at this time. */
  HttpRequest json(String operation, String body, Instant at) {
    return dynamodb("DynamoDB_20120810." + operation, body, at);
  }

  /** Returns a request to DynamoDB Streams. */
  HttpRequest streams(String operation, String body, Instant at) {
    return dynamodb("DynamoDBStreams_20120810." + operation, body, at);
  }

  private HttpRequest dynamodb(String target, String body, Instant at) {
    return withScope("us-east-1/dynamodb")
        .signed(body, at, "Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", target);
  }

  /** Returns a request to Application Auto Scaling. */
  HttpRequest scaling(String operation, String body, Instant at) {
    return withScope("us-east-1/application-autoscaling")
        .signed(
            body,
            at,
            "Content-Type",
            "application/x-amz-json-1.1",
            "X-Amz-Target",
            "AnyScaleFrontendService." + operation);
  }

  /** Returns a request to CloudWatch in JSON. */
  HttpRequest metrics(String operation, String body, Instant at) {
    return withScope("us-east-1/monitoring")
        .signed(
            body,
            at,
            "Content-Type",
            "application/x-amz-json-1.0",
            "X-Amz-Target",
            "GraniteServiceVersion20100801." + operation);
  }

  private HttpRequest signed(String body, Instant at, String... fields) {
    String time = at.toString().replaceAll("[-:]|\\.[0-9]+", "");
    String fullScope = time.substring(0, 8) + "/" + scope + "/aws4_request";
    SortedMap<String, String> headers = new TreeMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      headers.put(fields[i].toLowerCase(Locale.ROOT), fields[i + 1]);
    }
    headers.put("host", "localhost");
    headers.put("x-amz-date", time);
    token.ifPresent(text -> headers.put("x-amz-security-token", text));
    String names = String.join(";", headers.keySet());
    String canonical =
        headers.entrySet().stream()
            .map(field -> field.getKey() + ":" + field.getValue() + "\n")
            .collect(
                Collectors.joining("", "POST\n/\n\n", "\n" + names + "\n" + hex(sha256(body))));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : fullScope.split("/")) {
      key = hmac(key, part);
    }
    String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + fullScope + "\n" + hex(sha256(canonical));
    headers.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential="
            + keyId
            + "/"
            + fullScope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + hex(hmac(key, toSign)));
    return request(body, headers);
  }

  /** Returns a form that is not signed. */
  static HttpRequest unsigned(String form) {
    return request(
        form,
        new TreeMap<>(
            Map.of("host", "localhost", "content-type", "application/x-www-form-urlencoded")));
  }

  private static HttpRequest request(String body, SortedMap<String, String> headers) {
    String[] fields =
        headers.entrySet().stream()
            .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
            .toArray(String[]::new);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new HttpRequest(
        "POST", "/", Optional.empty(), HttpHeaders.of(fields), bytes, bytes, Room.ENDLESS);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }
}
