package org.ostraka.secret;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM under one key. Any thread.
 *
 * <pre>
 * sealed form: nonce(12) cipher text, as long as the plain text, tag(16)
 * </pre>
 *
 * <p>A nonce must never be used twice. It has six random bytes, which each object chooses for
 * itself, and six bytes that count. So the number of texts under one key is bounded by the number
 * of objects (with 10,000, that is 10,000 starts of a server, two have the same random bytes with a
 * probability of 1 in 5 million) and not by the number of texts, for which random nonces would
 * allow 2<sup>32</sup> only (NIST SP 800-38D, section 8.3).
 */
public final class AesGcm {
  /** The bytes of a key. */
  public static final int KEY_BYTES = 32;

  /** How much longer the sealed form is than the plain text. */
  public static final int OVERHEAD_BYTES = 28;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int COUNTER_BITS = 48;

  /** Idle ciphers that are kept; more threads than that rarely seal at the same time. */
  private static final int KEPT_CIPHERS = 64;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;
  private final AtomicLong nonces = new AtomicLong();
  private final long random = RANDOM.nextLong() & ((1L << COUNTER_BITS) - 1);
  private final ConcurrentLinkedQueue<Cipher> idle = new ConcurrentLinkedQueue<>();
  private final AtomicLong idleCount = new AtomicLong();

  /**
   * Makes the cipher of a key.
   *
   * @param key {@value #KEY_BYTES} bytes
   */
  public AesGcm(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  /** Returns a new random key. */
  public static byte[] newKey() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return key;
  }

  /**
   * Encrypts a text after a head that stays as it is.
   *
   * @param head what the result begins with; it is neither encrypted nor authenticated
   * @param context authenticated with the text, and needed to open it
   */
  public byte[] seal(byte[] head, byte[] text, byte[] context) {
    byte[] sealed = new byte[head.length + OVERHEAD_BYTES + text.length];
    System.arraycopy(head, 0, sealed, 0, head.length);
    ByteBuffer nonce = ByteBuffer.wrap(sealed, head.length, NONCE_BYTES);
    long count = nextCount();
    nonce.putShort((short) (random >>> 32)).putInt((int) random);
    nonce.putShort((short) (count >>> 32)).putInt((int) count);
    try {
      Cipher cipher = cipher();
      cipher.init(Cipher.ENCRYPT_MODE, key, parameters(sealed, head.length));
      cipher.updateAAD(context);
      int start = head.length + NONCE_BYTES;
      int written = cipher.doFinal(text, 0, text.length, sealed, start);
      if (start + written != sealed.length) {
        throw new IllegalStateException("the cipher wrote " + written + " bytes");
      }
      keep(cipher);
      return sealed;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Decrypts what {@link #seal} made.
   *
   * @param start where the sealed form begins, after the head
   * @return empty when it was not sealed with this key and context, or was changed since
   */
  public Optional<byte[]> open(byte[] sealed, int start, byte[] context) {
    if (sealed.length < start + OVERHEAD_BYTES) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher();
      cipher.init(Cipher.DECRYPT_MODE, key, parameters(sealed, start));
      cipher.updateAAD(context);
      int from = start + NONCE_BYTES;
      byte[] text = cipher.doFinal(sealed, from, sealed.length - from);
      keep(cipher);
      return Optional.of(text);
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private long nextCount() {
    long count = nonces.getAndIncrement();
    if (count >>> COUNTER_BITS != 0) {
      throw new IllegalStateException("all nonces are used");
    }
    return count;
  }

  private static GCMParameterSpec parameters(byte[] sealed, int start) {
    return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, sealed, start, NONCE_BYTES);
  }

  private Cipher cipher() throws GeneralSecurityException {
    Cipher cipher = idle.poll();
    if (cipher == null) {
      return Cipher.getInstance("AES/GCM/NoPadding");
    }
    idleCount.decrementAndGet();
    return cipher;
  }

  private void keep(Cipher cipher) {
    if (idleCount.get() < KEPT_CIPHERS) {
      idleCount.incrementAndGet();
      idle.add(cipher);
    }
  }
}
