package org.ostraka.identity.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A text that must not be shown: the secret of an access key, or the token of a session. Nothing
 * shows it by mistake: its {@link #toString} does not have it. Immutable.
 */
public final class Secret {
  private final byte[] bytes;

  public Secret(String text) {
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns whether the text is the secret, in a time that does not depend on where they differ.
   */
  public boolean matches(String text) {
    return MessageDigest.isEqual(bytes, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the text, to seal it or to answer with a key that was just made. */
  public String reveal() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Returns the bytes of a prefix and of the secret. */
  byte[] after(String prefix) {
    byte[] head = prefix.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + bytes.length);
    System.arraycopy(bytes, 0, all, head.length, bytes.length);
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns a text without the secret. */
  @Override
  public String toString() {
    return "(secret)";
  }
}
