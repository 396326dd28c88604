package org.ostraka.identity.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ostraka.model.Bytes;

/**
 * A key that encrypts with AES-256-GCM, so that nobody without it can read or change what it has
 * sealed. What it seals begins with a random nonce. Any thread, if the generator allows it.
 */
public final class SealingKey {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final byte[] bytes;
  private final SecretKey key;
  private final RandomGenerator random;

  /**
   * Makes the key of 32 bytes.
   *
   * @param random a cryptographically strong generator
   */
  public SealingKey(byte[] bytes, RandomGenerator random) {
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes");
    }
    this.bytes = bytes.clone();
    this.key = new SecretKeySpec(bytes, "AES");
    this.random = random;
  }

  /** Returns a key that follows from this one and a purpose: HKDF with SHA-256 (RFC 5869). */
  public SealingKey derived(String purpose) {
    try {
      SecretKey derived =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract()
                      .addIKM(bytes)
                      .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
      return new SealingKey(derived.getEncoded(), random);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has HKDF-SHA256", missing);
    }
  }

  /**
   * Encrypts.
   *
   * @param context what it is; the same is needed to open it
   */
  public Bytes seal(byte[] plain, String context) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain);
      return Bytes.wrap(
          ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("AES-GCM can encrypt anything", broken);
    }
  }

  /** Decrypts; empty when this key has not sealed these bytes for this context. */
  public Optional<byte[]> open(Bytes sealed, String context) {
    if (sealed.sizeBytes() < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      return Optional.empty();
    }
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(sealed.array(), 0, nonce, 0, NONCE_BYTES);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, nonce, context)
              .doFinal(sealed.array(), NONCE_BYTES, sealed.sizeBytes() - NONCE_BYTES));
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("AES-GCM can decrypt what is long enough", broken);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
