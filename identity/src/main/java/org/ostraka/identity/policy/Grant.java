package org.ostraka.identity.policy;

/** By what a Principal element names the identity that makes a request, from far to near. */
enum Grant {
  /** By its account, which delegates the decision to the account's own policies. */
  TO_ACCOUNT,
  /** By the role or user whose permissions the session has. */
  TO_SOURCE,
  /** By itself, or as one of everybody. */
  TO_IDENTITY
}
