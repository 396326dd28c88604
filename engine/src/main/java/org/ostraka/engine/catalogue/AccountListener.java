package org.ostraka.engine.catalogue;

import org.ostraka.model.AccountId;

/** Is told when servers have changed accounts in the directory. Any thread. */
public interface AccountListener {
  /** Hears nothing. */
  AccountListener NONE =
      new AccountListener() {
        @Override
        public void changed(AccountId account) {}

        @Override
        public void anyChanged() {}
      };

  /** An account has changed; this server may have changed it itself. */
  void changed(AccountId account);

  /** Any accounts may have changed. */
  void anyChanged();
}
