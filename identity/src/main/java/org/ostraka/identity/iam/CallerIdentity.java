package org.ostraka.identity.iam;

import org.ostraka.identity.policy.Requester;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;

/**
 * Who sends a request, as GetCallerIdentity tells it. Immutable.
 *
 * @param userId the id that stays the same when the identity is renamed; the account of its root
 */
public record CallerIdentity(AccountId account, String arn, String userId) {
  /** Returns the identity of a caller. */
  public static CallerIdentity of(Caller caller) {
    AccountId account = caller.owner().account();
    return new CallerIdentity(account, new Requester.Root(account).arn(), account.value());
  }
}
