package org.ostraka.engine.catalogue;

import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.encoding.PrincipalText;
import org.ostraka.model.AccountId;
import org.ostraka.model.Bytes;
import org.ostraka.model.Principal;

/**
 * A change of an account's part of the directory, as a record of the catalogue's log. Part of the
 * format on disk. Immutable.
 *
 * @param actor who made the change
 */
public record AccountChange(AccountId account, Principal actor) implements LoggedChange {
  private static final String ACCOUNT = "account";
  private static final String ACTOR = "actor";

  Bytes encoded() {
    return ItemEncoding.encode(
        new Attributes()
            .text(ACCOUNT, account.value())
            .text(ACTOR, PrincipalText.of(actor))
            .item());
  }

  static boolean isIn(Attributes attributes) {
    return attributes.names().contains(ACCOUNT);
  }

  static AccountChange of(Attributes attributes) {
    return new AccountChange(
        new AccountId(attributes.text(ACCOUNT)), PrincipalText.principal(attributes.text(ACTOR)));
  }
}
