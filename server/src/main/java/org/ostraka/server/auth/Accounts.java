package org.ostraka.server.auth;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.ostraka.model.AccountId;

/** Says which account an access key belongs to. Any thread. */
@FunctionalInterface
public interface Accounts {
  /** The account of a server that has only one. */
  AccountId DEFAULT_ACCOUNT = new AccountId("000000000000");

  AccountId of(String accessKeyId);

  /** Every access key belongs to this one account. */
  static Accounts single(AccountId account) {
    return _ -> account;
  }

  /**
   * Every access key has an account of its own: the key itself where it has the form of an account
   * id, else twelve digits that follow from it, always the same ones.
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
