package org.ostraka.engine.gate;

import java.util.List;
import java.util.Map;
import org.ostraka.engine.capacity.Cost;
import org.ostraka.engine.capacity.Headroom;
import org.ostraka.engine.capacity.Load;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.model.Caller;
import org.ostraka.model.TableArn;

/** Judges whether a table has room for a request, and counts what requests consume. Any thread. */
public interface Capacity {
  /** Has room for everything and counts nothing. */
  Capacity UNLIMITED =
      new Capacity() {
        @Override
        public Headroom admit(Caller caller, Action action, TableUse table) {
          return Headroom.UNLIMITED;
        }

        @Override
        public void settle(Caller caller, Map<TableArn, Cost> consumed, List<Load> loads) {}
      };

  /**
   * Admits an action on a table that serves, before the action begins, and returns the room that
   * the table has for its parts.
   *
   * @throws org.ostraka.model.error.ApiException when there is no room for it
   */
  Headroom admit(Caller caller, Action action, TableUse table);

  /**
   * Counts what a request consumed, once for each use of tables, also when it failed. A request
   * that is abandoned and starts again elsewhere uses them again. Does not throw.
   *
   * @param consumed the cost for each table; empty when nothing was consumed
   * @param loads the partitions that provided it
   */
  void settle(Caller caller, Map<TableArn, Cost> consumed, List<Load> loads);
}
