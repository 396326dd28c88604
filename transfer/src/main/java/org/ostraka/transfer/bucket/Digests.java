package org.ostraka.transfer.bucket;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** MD5 as S3 uses it: against accidents, not against attackers. Stateless. */
public final class Digests {
  private Digests() {}

  public static byte[] md5(byte[] content) {
    try {
      return MessageDigest.getInstance("MD5").digest(content);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has MD5", missing);
    }
  }

  /** Returns the ETag of an object that was uploaded in one part, as the service uploads them. */
  static String etag(byte[] content) {
    return HexFormat.of().formatHex(md5(md5(content))) + "-1";
  }
}
