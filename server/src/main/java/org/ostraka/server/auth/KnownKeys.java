package org.ostraka.server.auth;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ostraka.identity.signature.AccessKey;
import org.ostraka.identity.signature.AccessKeys;
import org.ostraka.identity.signature.KeyUse;

/** The access keys that a server knows: the operator's root key, and others. Any thread. */
public final class KnownKeys implements AccessKeys {
  private final Optional<AccessKey> root;
  private final AccessKeys others;
  private final BooleanSupplier areOthersInUse;

  /**
   * Makes the keys.
   *
   * @param others such as those of a directory
   * @param areOthersInUse tells whether signatures are verified even without a root key
   */
  public KnownKeys(
      Optional<RootKey> root,
      Accounts accounts,
      AccessKeys others,
      BooleanSupplier areOthersInUse) {
    this.root = root.map(key -> key.accessKey(accounts));
    this.others = others;
    this.areOthersInUse = areOthersInUse;
  }

  /** Makes the keys of a server that knows a root key at most. */
  public static KnownKeys ofRoot(Optional<RootKey> root, Accounts accounts) {
    return new KnownKeys(root, accounts, (_, _) -> Optional.empty(), () -> false);
  }

  /** Returns whether signatures are verified; otherwise any credentials are taken. */
  public boolean areVerified() {
    return root.isPresent() || areOthersInUse.getAsBoolean();
  }

  @Override
  public Optional<AccessKey> find(String id, Optional<String> token) {
    return root.isPresent() && root.get().id().equals(id) ? root : others.find(id, token);
  }

  @Override
  public void used(AccessKey key, KeyUse use) {
    if (root.filter(key::equals).isEmpty()) {
      others.used(key, use);
    }
  }
}
