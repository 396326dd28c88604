package org.ostraka.secret;

import java.nio.charset.StandardCharsets;
import org.ostraka.model.Bytes;

/** A master key that ends with the process, for data that does so too. Any thread. */
public final class MasterKeyInMemory implements MasterKey {
  private final AesGcm cipher;

  /**
   * Makes a master key of these bytes.
   *
   * @param key {@value AesGcm#KEY_BYTES} bytes
   */
  public MasterKeyInMemory(byte[] key) {
    this.cipher = new AesGcm(key);
  }

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public Bytes wrap(byte[] key, String context) {
    return Bytes.wrap(cipher.seal(new byte[0], key, context.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public byte[] unwrap(Bytes wrapped, String context) {
    return cipher
        .open(wrapped.array(), 0, context.getBytes(StandardCharsets.UTF_8))
        .orElseThrow(() ->
            new MasterKeyException("a wrapped key was changed, or another master key wrapped it"));
  }
}
