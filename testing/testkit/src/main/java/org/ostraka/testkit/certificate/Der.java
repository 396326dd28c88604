package org.ostraka.testkit.certificate;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Values in the distinguished encoding of ASN.1 (X.690). Stateless. */
final class Der {
  private static final int LONG_FORM = 0x80;
  private static final int BITS_PER_ARC = 7;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    int length = content.size();
    if (length < LONG_FORM) {
      all.write(length);
    } else {
      byte[] bytes = BigInteger.valueOf(length).toByteArray();
      int first = bytes[0] == 0 ? 1 : 0;
      all.write(LONG_FORM | (bytes.length - first));
      all.write(bytes, first, bytes.length - first);
    }
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return value(0x30, parts);
  }

  static byte[] integer(BigInteger number) {
    return value(0x02, number.toByteArray());
  }

  static byte[] yes() {
    return value(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] octets(byte[] content) {
    return value(0x04, content);
  }

  /** Returns a bit string of whole bytes. */
  static byte[] bits(byte[] content) {
    return value(0x03, new byte[] {0}, content);
  }

  static byte[] nothing() {
    return value(0x05);
  }

  static byte[] time(Instant instant) {
    return value(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /** Returns an object identifier, such as 2.5.29.17. */
  static byte[] objectId(String dotted) {
    String[] arcs = dotted.split("\\.");
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      long arc = Long.parseLong(arcs[i]);
      for (int shift = 4 * BITS_PER_ARC; shift > 0; shift -= BITS_PER_ARC) {
        if (arc >> shift != 0) {
          content.write((int) ((arc >> shift) & 0x7f) | LONG_FORM);
        }
      }
      content.write((int) (arc & 0x7f));
    }
    return value(0x06, content.toByteArray());
  }
}
