package org.ostraka.engine.gate;

import org.ostraka.model.Caller;
import org.ostraka.model.StreamArn;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.AccessDeniedException;

/** Judges whether a caller may do something. Any thread. */
public interface Permissions {
  /** Allows everything. */
  Permissions ALL =
      new Permissions() {
        @Override
        public void require(Caller caller, Action action) {}

        @Override
        public void require(Caller caller, Action action, TableArn table) {}
      };

  /** Allows everything with the tables of the caller's own account. */
  Permissions OWN_ACCOUNT =
      new Permissions() {
        @Override
        public void require(Caller caller, Action action) {}

        @Override
        public void require(Caller caller, Action action, TableArn table) {
          if (!table.owner().account().equals(caller.owner().account())) {
            throw new AccessDeniedException("Access is denied");
          }
        }
      };

  /**
   * Requires that the caller may do something that concerns no single table.
   *
   * @throws org.ostraka.model.error.ApiException when the caller may not
   */
  void require(Caller caller, Action action);

  /**
   * Requires that the caller may do something with a table, which need not exist.
   *
   * @throws org.ostraka.model.error.ApiException when the caller may not
   */
  void require(Caller caller, Action action, TableArn table);

  /**
   * Requires that the caller may do something with a stream, which need not exist.
   *
   * @throws org.ostraka.model.error.ApiException when the caller may not
   */
  default void require(Caller caller, Action action, StreamArn stream) {
    require(caller, action, stream.table());
  }
}
