package org.ostraka.identity.signature;

import java.nio.charset.StandardCharsets;

/**
 * The percent-encoding of signatures ("Create a canonical request" in the IAM User Guide): every
 * byte is encoded but letters, digits and {@code -._~}, with upper-case digits. Stateless.
 */
final class PercentEncoding {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final int ESCAPE_CHARS = 3;

  private PercentEncoding() {}

  /** Encodes a path as sent. Slashes stay; escapes that it has already are encoded once more. */
  static String ofPath(String path) {
    StringBuilder encoded = new StringBuilder(path.length());
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      if (b == '/') {
        encoded.append('/');
      } else {
        append(encoded, b);
      }
    }
    return encoded.toString();
  }

  /**
   * Returns the one encoded form of a part of a query as sent, whichever of its characters were
   * encoded. A plus sign stands for a space.
   */
  static String ofQueryPart(String part) {
    StringBuilder encoded = new StringBuilder(part.length());
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (isEscape(bytes, i)) {
        append(encoded, escaped(bytes, i));
        i += ESCAPE_CHARS - 1;
      } else {
        append(encoded, bytes[i] == '+' ? (byte) ' ' : bytes[i]);
      }
    }
    return encoded.toString();
  }

  /** Decodes what this class has encoded. */
  static String decoded(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
    byte[] decoded = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (isEscape(bytes, i)) {
        decoded[length++] = escaped(bytes, i);
        i += ESCAPE_CHARS - 1;
      } else {
        decoded[length++] = bytes[i];
      }
    }
    return new String(decoded, 0, length, StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder encoded, byte b) {
    if (isUnreserved(b)) {
      encoded.append((char) b);
    } else {
      encoded.append('%').append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
    }
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'A' && b <= 'Z')
        || (b >= 'a' && b <= 'z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }

  private static boolean isEscape(byte[] bytes, int at) {
    return bytes[at] == '%'
        && at + 2 < bytes.length
        && Character.digit(bytes[at + 1], 16) >= 0
        && Character.digit(bytes[at + 2], 16) >= 0;
  }

  private static byte escaped(byte[] bytes, int at) {
    return (byte) (Character.digit(bytes[at + 1], 16) << 4 | Character.digit(bytes[at + 2], 16));
  }
}
