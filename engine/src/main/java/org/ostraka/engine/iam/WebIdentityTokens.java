package org.ostraka.engine.iam;

import org.ostraka.identity.directory.IdentityProvider;

/** Reads tokens of OpenID Connect providers. Any thread. */
public interface WebIdentityTokens {
  /**
   * Returns the issuer that a token names, which is not verified.
   *
   * @throws org.ostraka.identity.iam.IamException when the text is no token
   */
  String issuer(String token);

  /**
   * Returns what a token says, if its provider has signed it and it is valid now. Whom it is for is
   * not judged.
   *
   * @throws org.ostraka.identity.iam.IamException when it is not valid, or the provider's keys
   *     cannot be had
   */
  WebIdentity verified(String token, IdentityProvider provider);
}
