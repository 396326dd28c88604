package org.ostraka.engine.encryption;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.EncryptionSpecification;

/**
 * Rules for the form of a requested encryption. Stateless.
 *
 * <p>The texts are those that measured (October 2026).
 */
public final class EncryptionRules {
  private static final String AES256 = "AES256";

  private EncryptionRules() {}

  /** Refuses a request that contradicts itself, or asks for a type that tables cannot have. */
  public static void requireForm(@Nullable EncryptionSpecification wanted) {
    if (wanted == null) {
      return;
    }
    if (Boolean.FALSE.equals(wanted.enabled())) {
      refuseDetail("SSEType", wanted.type());
      refuseDetail("KMSMasterKeyId", wanted.keyId());
    }
    if (AES256.equals(wanted.type())) {
      throw ValidationException.ofParameters("SSEType AES256 is not supported");
    }
    if (wanted.keyId() != null && wanted.type() == null) {
      throw ValidationException.ofParameters(
          "SSEType KMS is required if KMSMasterKeyId is specified");
    }
  }

  /**
   * Returns whether the request asks for a key, and not for the default encryption; a type alone
   * does.
   */
  public static boolean asksForKey(@Nullable EncryptionSpecification wanted) {
    return wanted != null && (Boolean.TRUE.equals(wanted.enabled()) || wanted.type() != null);
  }

  private static void refuseDetail(String name, @Nullable String value) {
    if (value != null) {
      throw ValidationException.ofParameters(name + " can not be specified if Enabled is false");
    }
  }
}
