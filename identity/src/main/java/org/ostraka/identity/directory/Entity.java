package org.ostraka.identity.directory;

/** Something in an account's part of the directory. Immutable. */
public sealed interface Entity permits AccessKeyEntry, Identity, IdentityProvider, ManagedPolicy {
  /** Returns the key by which the account has it. */
  EntityKey key();
}
