package org.ostraka.engine.gate;

import java.util.Map;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.model.Caller;
import org.ostraka.model.TableArn;

/** Judges whether a table has room for a request, and counts what requests consume. Any thread. */
public interface Capacity {
  /** Has room for everything and counts nothing. */
  Capacity UNLIMITED =
      new Capacity() {
        @Override
        public void admit(Caller caller, Action action, TableArn table) {}

        @Override
        public void settle(Caller caller, Map<TableArn, Cost> consumed) {}
      };

  /**
   * Admits an action on a table that serves, before the action begins.
   *
   * @throws org.ostraka.model.error.ApiException when there is no room for it
   */
  void admit(Caller caller, Action action, TableArn table);

  /**
   * Counts what a request consumed, once for each use of tables, also when it failed. A request
   * that is abandoned and starts again elsewhere uses them again. Does not throw.
   *
   * @param consumed the cost for each table; empty when nothing was consumed
   */
  void settle(Caller caller, Map<TableArn, Cost> consumed);
}
