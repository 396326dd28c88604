package org.ostraka.identity.session;

import java.util.Optional;
import org.ostraka.secret.SealingKey;

/** Has the key that seals session tokens, which all servers of a store share. Any thread. */
public interface SessionKeys {
  /** Returns the key, which is made when there is none. */
  SealingKey key();

  /** Returns the key; empty when it was never made. */
  Optional<SealingKey> existing();
}
