package org.ostraka.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.ostraka.model.AccountId;

/** The accounts of access keys. */
final class AccountsTest {
  @Test
  void singleAccountOwnsEveryKey() {
    Accounts accounts = Accounts.single(new AccountId("123456789012"));
    assertThat(accounts.of("")).isEqualTo(accounts.of("AKIA"));
    assertThat(accounts.of("999999999999")).isEqualTo(new AccountId("123456789012"));
  }

  @Test
  void keyThatIsAnAccountIdIsItsAccount() {
    assertThat(Accounts.byAccessKey().of("123456789012")).isEqualTo(new AccountId("123456789012"));
  }

  @Test
  void otherKeysHaveAnAccountThatNeverChanges() {
    assertThat(Accounts.byAccessKey().of("local")).isEqualTo(new AccountId("002900022992"));
    assertThat(Accounts.byAccessKey().of("")).isEqualTo(new AccountId("000000000000"));
    assertThat(Accounts.byAccessKey().of("local")).isNotEqualTo(Accounts.byAccessKey().of("Local"));
  }

  @Test
  void accountsAreTheSameWhereDigitsAreOthers() {
    AccountId here = Accounts.byAccessKey().of("local");
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(Accounts.byAccessKey().of("local")).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }
}
