package org.ostraka.identity.signature;

import java.nio.charset.StandardCharsets;

/** Writes the text that is signed: "Create a string to sign" in the IAM User Guide. Stateless. */
final class StringToSign {
  private StringToSign() {}

  /**
   * Returns the text.
   *
   * @param time the time of the request as it was sent
   * @param canonical the canonical request
   */
  static String of(String time, CredentialScope scope, String canonical) {
    return "AWS4-HMAC-SHA256\n"
        + time
        + "\n"
        + scope.signed()
        + "\n"
        + Hash.hex(Hash.sha256(canonical.getBytes(StandardCharsets.UTF_8)));
  }
}
