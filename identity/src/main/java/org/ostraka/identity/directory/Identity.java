package org.ostraka.identity.directory;

import org.ostraka.model.AccountId;

/** Who has policies: a user, a group or a role. Immutable. */
public sealed interface Identity extends Entity permits Actor, Group {
  Head head();

  PolicySet policies();

  /** Returns the same identity with other policies. */
  Identity with(PolicySet policies);

  /** Returns the ARN of this identity of an account. */
  default String arn(AccountId account) {
    return "arn:aws:iam::" + account + ":" + key().kind().noun() + head().path() + head().name();
  }
}
