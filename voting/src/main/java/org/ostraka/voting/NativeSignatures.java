package org.ostraka.voting;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Signatures in native code, by the Amazon Corretto Crypto Provider: an eighth to a thirtieth of
 * the processor's time that the JDK's take. Decision 66.
 */
final class NativeSignatures {
  private static final String NAME = "AmazonCorrettoCryptoProvider";
  private static final String RECEIPTS = "Ed25519";
  // Not its digests: for a few hundred bytes the JDK's are faster, which need no call of native
  // code.
  private static final String PREFERRED =
      "Ed25519:%1$s, SHA256withECDSA:%1$s, SHA256withECDSAinP1363Format:%1$s".formatted(NAME);

  private static final String PREFERENCES = "jdk.security.provider.preferred";

  private NativeSignatures() {}

  /**
   * Lets this process take them where there is a library for this machine. To be called before
   * anything is signed or verified: the JDK reads its preferences once.
   */
  static void prefer() {
    String chosen = Objects.requireNonNullElse(Security.getProperty(PREFERENCES), "");
    // The first that names an algorithm counts: what the operator has chosen stays.
    Security.setProperty(PREFERENCES, chosen.isBlank() ? PREFERRED : chosen + ", " + PREFERRED);
    provider().ifPresent(Security::addProvider);
  }

  /** Returns the provider; empty where there is none, or where its library cannot be loaded. */
  static Optional<Provider> provider() {
    Iterator<Provider> providers = ServiceLoader.load(Provider.class).iterator();
    while (providers.hasNext()) {
      try {
        Provider provider = providers.next();
        if (provider.getName().equals(NAME)) {
          return Optional.of(provider).filter(it -> it.getService("Signature", RECEIPTS) != null);
        }
      } catch (ServiceConfigurationError notForThisMachine) {
        // The JDK signs.
      }
    }
    return Optional.empty();
  }

  /** Returns who makes the signatures of receipts. */
  static String signer() {
    try {
      Signature signature = Signature.getInstance(RECEIPTS);
      signature.initSign(KeyPairGenerator.getInstance(RECEIPTS).generateKeyPair().getPrivate());
      return signature.getProvider().getName();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has Ed25519", impossible);
    }
  }
}
