package org.ostraka.server.auth;

import java.util.Optional;
import java.util.regex.Pattern;
import org.ostraka.identity.signature.AccessKey;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;

/**
 * The access key of the account's root, which an operator chooses. Immutable.
 *
 * @param id its id
 * @param secret its secret
 */
public record RootKey(String id, Secret secret) {
  private static final Pattern LEGAL_ID = Pattern.compile("[A-Za-z0-9_-]{3,128}");
  private static final Pattern LEGAL_SECRET = Pattern.compile("[!-~]{8,256}");

  /** Refuses an id that cannot be one. */
  public RootKey {
    if (!isLegalId(id)) {
      throw new IllegalArgumentException("not the id of an access key");
    }
  }

  /** Returns whether the text can be an id: 3 to 128 letters, digits, hyphens and underscores. */
  public static boolean isLegalId(String text) {
    return LEGAL_ID.matcher(text).matches();
  }

  /** Returns whether the text can be a secret: 8 to 256 visible ASCII characters. */
  public static boolean isLegalSecret(String text) {
    return LEGAL_SECRET.matcher(text).matches();
  }

  /** Makes a root key of these texts. */
  public static RootKey of(String id, String secret) {
    return new RootKey(id, new Secret(secret));
  }

  AccessKey accessKey(Accounts accounts) {
    AccountId account = accounts.of(id);
    return new AccessKey(id, new Principal.Root(account, id), account, secret, Optional.empty());
  }
}
