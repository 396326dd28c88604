package org.ostraka.identity.directory;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Changes of access keys. Each returns the account as it is afterwards, or refuses with a {@link
 * DirectoryException}. Stateless.
 */
public final class AccessKeyEntries {
  private static final Pattern LEGAL_ID = Pattern.compile("[A-Za-z0-9_-]{3,128}");
  private static final Pattern LEGAL_SECRET = Pattern.compile("[!-~]{8,256}");

  private AccessKeyEntries() {}

  /** Adds a key of a user, or of the root user when the key names none. */
  public static Account create(Account account, AccessKeyEntry key) {
    if (!LEGAL_ID.matcher(key.id()).matches()) {
      throw DirectoryException.invalid(
          "The id of an access key has 3 to 128 letters, digits, hyphens and underscores");
    }
    if (!LEGAL_SECRET.matcher(key.secret().reveal()).matches()) {
      throw DirectoryException.invalid(
          "A secret access key has 8 to 256 visible ASCII characters, without blanks");
    }
    if (account.accessKey(key.id()).isPresent()) {
      throw DirectoryException.exists(EntityKind.ACCESS_KEY, key.id());
    }
    long present =
        account.accessKeys().stream().filter(each -> each.userId().equals(key.userId())).count();
    if (present >= Quotas.ACCESS_KEYS_PER_USER) {
      throw DirectoryException.exceeded("AccessKeysPerUser", Quotas.ACCESS_KEYS_PER_USER);
    }
    return account.with(key);
  }

  /** Deletes a key of a user, or of the root user when none is named. */
  public static Account delete(Account account, Optional<String> user, String keyId) {
    return account.without(require(account, user, keyId).key());
  }

  /** Lets a key of a user, or of the root user when none is named, sign requests, or not. */
  public static Account setActive(
      Account account, Optional<String> user, String keyId, boolean active) {
    return account.with(require(account, user, keyId).withActive(active));
  }

  private static AccessKeyEntry require(Account account, Optional<String> user, String keyId) {
    Optional<String> userId = user.map(name -> Users.require(account, name).head().id());
    return account
        .accessKey(keyId)
        .filter(key -> key.userId().equals(userId))
        .orElseThrow(() ->
            new DirectoryException(
                DirectoryException.Code.NO_SUCH_ENTITY,
                "The Access Key with id " + keyId + " cannot be found."));
  }
}
