package org.ostraka.voting.receipt;

import java.security.PublicKey;
import java.util.Base64;

/**
 * A receipt with its signature. Immutable.
 *
 * @param signature in Base64
 */
public record SignedReceipt(Receipt receipt, String signature) {

  /** Returns whether the owner of a key signed it. */
  public boolean isSigned(PublicKey by) {
    try {
      return ReceiptKey.isSigned(receipt, Base64.getDecoder().decode(signature), by);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
