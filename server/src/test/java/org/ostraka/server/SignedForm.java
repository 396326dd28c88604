package org.ostraka.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /** Returns a request that is signed at this time. */
  HttpRequest post(String form, Instant at) {
    String time = at.toString().replaceAll("[-:]|\\.[0-9]+", "");
    String day = time.substring(0, 8);
    String fullScope = day + "/" + scope + "/aws4_request";
    String signed = token.isPresent() ? "host;x-amz-date;x-amz-security-token" : "host;x-amz-date";
    String canonical =
        "POST\n/\n\nhost:localhost\nx-amz-date:"
            + time
            + token.map(text -> "\nx-amz-security-token:" + text).orElse("")
            + "\n\n"
            + signed
            + "\n"
            + hex(sha256(form));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : fullScope.split("/")) {
      key = hmac(key, part);
    }
    String signature =
        hex(
            hmac(
                key,
                "AWS4-HMAC-SHA256\n" + time + "\n" + fullScope + "\n" + hex(sha256(canonical))));
    String authorization =
        "AWS4-HMAC-SHA256 Credential="
            + keyId
            + "/"
            + fullScope
            + ", SignedHeaders="
            + signed
            + ", Signature="
            + signature;
    return token
        .map(text ->
            form(
                form,
                "X-Amz-Date",
                time,
                "Authorization",
                authorization,
                "X-Amz-Security-Token",
                text))
        .orElseGet(() -> form(form, "X-Amz-Date", time, "Authorization", authorization));
  }

  /** Returns a request that is not signed. */
  static HttpRequest unsigned(String form) {
    return form(form);
  }

  private static HttpRequest form(String form, String... fields) {
    String[] all = new String[fields.length + 4];
    all[0] = "Host";
    all[1] = "localhost";
    all[2] = "Content-Type";
    all[3] = "application/x-www-form-urlencoded; charset=utf-8";
    System.arraycopy(fields, 0, all, 4, fields.length);
    byte[] body = form.getBytes(StandardCharsets.UTF_8);
    return new HttpRequest(
        "POST", "/", Optional.empty(), HttpHeaders.of(all), body, body, Room.ENDLESS);
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
