package org.ostraka.server.masterkey;

import java.util.Base64;
import java.util.Optional;
import org.ostraka.secret.MasterKeyException;

/** Bytes in the answers of key services. Stateless. */
final class KeyBytes {
  private KeyBytes() {}

  /** Decodes base64; refuses an answer that has none. */
  static byte[] decoded(Optional<String> text, String service) {
    try {
      return Base64.getDecoder()
          .decode(text.orElseThrow(() -> new MasterKeyException(service + " answered no key")));
    } catch (IllegalArgumentException _) {
      throw new MasterKeyException(service + " answered a key that is not base64");
    }
  }
}
