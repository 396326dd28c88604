package org.ostraka.server.auth;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.ostraka.model.AccountId;

/** Maps access keys to accounts. Any thread. */
@FunctionalInterface
public interface Accounts {
  /** The account of a server that has only one. */
  AccountId DEFAULT_ACCOUNT = new AccountId("000000000000");

  AccountId of(String accessKeyId);

  /** Maps every access key to this account. */
  static Accounts single(AccountId account) {
    return _ -> account;
  }

  /**
   * Maps every access key to an account of its own: the key itself if it has the form of an account
   * id, otherwise twelve digits that are derived from it.
   */
  static Accounts byAccessKey() {
    return accessKeyId -> {
      if (AccountId.isLegal(accessKeyId)) {
        return new AccountId(accessKeyId);
      }
      CRC32C checksum = new CRC32C();
      checksum.update(accessKeyId.getBytes(StandardCharsets.UTF_8));
      return new AccountId(String.format(Locale.ROOT, "%012d", checksum.getValue()));
    };
  }
}
