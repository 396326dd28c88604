package org.ostraka.server;

import org.ostraka.model.Bytes;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyException;

/** Refuses to wrap and unwrap: there is no place for a key that all servers know. Immutable. */
final class MasterKeyUnnamed implements MasterKey {
  @Override
  public String id() {
    throw refusal();
  }

  @Override
  public Bytes wrap(byte[] key, String context) {
    throw refusal();
  }

  @Override
  public byte[] unwrap(Bytes wrapped, String context) {
    throw refusal();
  }

  private static MasterKeyException refusal() {
    return new MasterKeyException(
        "secrets of data in a database need a master key that all servers have: name it with"
            + " --master-key");
  }
}
