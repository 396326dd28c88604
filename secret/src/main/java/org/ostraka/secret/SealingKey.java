package org.ostraka.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.ostraka.model.Bytes;

/**
 * A key that seals secrets, and from which keys for other purposes follow: {@link AesGcm} with a
 * text as the context. Keep a key that is used often: each object chooses nonces anew. Any thread.
 */
public final class SealingKey {
  private static final byte[] NO_HEAD = new byte[0];

  private final byte[] bytes;
  private final AesGcm cipher;

  /**
   * Makes the key.
   *
   * @param bytes {@value AesGcm#KEY_BYTES} bytes
   */
  public SealingKey(byte[] bytes) {
    this.bytes = bytes.clone();
    this.cipher = new AesGcm(bytes);
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
                      .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), AesGcm.KEY_BYTES));
      return new SealingKey(derived.getEncoded());
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
    return Bytes.wrap(cipher.seal(NO_HEAD, plain, context.getBytes(StandardCharsets.UTF_8)));
  }

  /** Decrypts; empty when this key has not sealed these bytes for this context. */
  public Optional<byte[]> open(Bytes sealed, String context) {
    return cipher.open(sealed.array(), 0, context.getBytes(StandardCharsets.UTF_8));
  }
}
