package org.ostraka.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs one request again and again, with little work: whatever stays the same is kept as bytes
 * (Signature Version 4). One thread.
 */
final class RequestSignature {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_CHARS = 8;
  private static final String SCOPE = "/us-east-1/dynamodb/aws4_request";
  private static final HexFormat HEX = HexFormat.of();

  private final LoadKey key;
  private final RequestHead head;
  private final InstantSource clock;
  private final MessageDigest digest;
  private final Mac mac;
  private long second = Long.MIN_VALUE;
  private String date = "";
  private byte[] canonicalStart = {};
  private byte[] stringToSignStart = {};

  RequestSignature(LoadKey key, RequestHead head, InstantSource clock) {
    this.key = key;
    this.head = head;
    this.clock = clock;
    try {
      digest = MessageDigest.getInstance("SHA-256");
      mac = Mac.getInstance("HmacSHA256");
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }

  /** Writes time and signature into a request, after its body is written. */
  void sign(ByteBuffer request) {
    long now = clock.instant().getEpochSecond();
    if (now != second) {
      second = now;
      dateRequest(request, TIME.format(Instant.ofEpochSecond(now)));
    }
    digest.update(request.slice(head.bodyAt(), request.capacity() - head.bodyAt()));
    byte[] body = HEX.formatHex(digest.digest()).getBytes(US_ASCII);
    digest.update(canonicalStart);
    byte[] canonical = HEX.formatHex(digest.digest(body)).getBytes(US_ASCII);
    mac.update(stringToSignStart);
    request.put(head.signatureAt(), HEX.formatHex(mac.doFinal(canonical)).getBytes(US_ASCII));
  }

  private void dateRequest(ByteBuffer request, String time) {
    String today = time.substring(0, DATE_CHARS);
    request.put(head.timeAt(), time.getBytes(US_ASCII));
    request.put(head.dateAt(), today.getBytes(US_ASCII));
    canonicalStart =
        "POST\n/\n\nhost:%s\nx-amz-date:%s\nx-amz-target:%s\n\n%s\n"
            .formatted(head.host(), time, head.target(), RequestHead.SIGNED)
            .getBytes(US_ASCII);
    stringToSignStart =
        "AWS4-HMAC-SHA256\n%s\n%s%s\n".formatted(time, today, SCOPE).getBytes(US_ASCII);
    if (!today.equals(date)) {
      date = today;
      useKeyOf(today);
    }
  }

  private void useKeyOf(String day) {
    try {
      byte[] derived = ("AWS4" + key.secret()).getBytes(UTF_8);
      for (String part : (day + SCOPE).split("/", -1)) {
        mac.init(new SecretKeySpec(derived, mac.getAlgorithm()));
        derived = mac.doFinal(part.getBytes(US_ASCII));
      }
      mac.init(new SecretKeySpec(derived, mac.getAlgorithm()));
    } catch (InvalidKeyException impossible) {
      throw new AssertionError("any bytes are a key", impossible);
    }
  }
}
