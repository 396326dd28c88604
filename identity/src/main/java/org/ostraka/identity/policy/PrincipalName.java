package org.ostraka.identity.policy;

import java.util.Optional;
import org.ostraka.model.AccountId;

/**
 * A name in a Principal element. Immutable.
 *
 * @param text an ARN, an account's number, the name of a service, or {@code *} for everyone
 */
public record PrincipalName(PrincipalKind kind, String text) {
  private static final String ACCOUNT_ARN_BEGIN = "arn:aws:iam::";
  private static final String ACCOUNT_ARN_END = ":root";

  /** The text that names everyone. */
  public static final String EVERYONE = "*";

  /** Returns the account that the name stands for; empty if it names anything else. */
  public Optional<AccountId> account() {
    String id =
        text.startsWith(ACCOUNT_ARN_BEGIN) && text.endsWith(ACCOUNT_ARN_END)
            ? text.substring(
                ACCOUNT_ARN_BEGIN.length(),
                Math.max(ACCOUNT_ARN_BEGIN.length(), text.length() - ACCOUNT_ARN_END.length()))
            : text;
    return kind == PrincipalKind.AWS && AccountId.isLegal(id)
        ? Optional.of(new AccountId(id))
        : Optional.empty();
  }

  boolean isEveryone() {
    return kind == PrincipalKind.AWS && text.equals(EVERYONE);
  }
}
