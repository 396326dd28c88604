package org.ostraka.identity.secret;

import java.util.random.RandomGenerator;
import org.ostraka.model.Bytes;

/** A master key in this process's memory. Any thread, if the generator allows it. */
public final class LocalMasterKey implements MasterKey {
  /** The length of a master key. */
  public static final int BYTES = 32;

  private final SealingKey key;

  /**
   * Makes the key of {@link #BYTES} bytes.
   *
   * @param random a cryptographically strong generator
   */
  public LocalMasterKey(byte[] bytes, RandomGenerator random) {
    this.key = new SealingKey(bytes, random);
  }

  @Override
  public Bytes wrap(byte[] plain, String context) {
    return key.seal(plain, context);
  }

  @Override
  public byte[] unwrap(Bytes wrapped, String context) {
    return key.open(wrapped, context)
        .orElseThrow(
            () -> new MasterKeyException("the master key is not the one that encrypted the data"));
  }
}
