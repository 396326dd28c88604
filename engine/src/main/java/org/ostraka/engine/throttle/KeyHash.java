package org.ostraka.engine.throttle;

import java.util.Optional;
import java.util.OptionalLong;
import org.ostraka.model.Bytes;

/** The hash by which partition keys are spread over partitions. Stateless. */
final class KeyHash {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private KeyHash() {}

  static OptionalLong of(Optional<Bytes> key) {
    return key.isPresent() ? OptionalLong.of(of(key.get())) : OptionalLong.empty();
  }

  /** Returns the FNV-1a hash of the bytes, mixed so that its upper bits depend on all of them. */
  static long of(Bytes key) {
    long hash = OFFSET;
    for (byte each : key.array()) {
      hash = (hash ^ (each & 0xff)) * PRIME;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
