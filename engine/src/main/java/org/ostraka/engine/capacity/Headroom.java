package org.ostraka.engine.capacity;

import java.util.Optional;
import org.ostraka.model.Bytes;
import org.ostraka.model.IndexName;
import org.ostraka.model.Traffic;

/** The room that a table and its global indexes have for the parts of one request. Any thread. */
public interface Headroom {
  /** Has room for everything. */
  Headroom UNLIMITED =
      new Headroom() {
        @Override
        public void require(Traffic traffic, Optional<IndexName> index, Optional<Bytes> key) {}
      };

  /**
   * Refuses a part of the request for which there is no room. What it will consume is not known
   * yet: there is room as long as any capacity is left.
   *
   * @param index the global index that is used; absent for the table
   * @param key the bytes of the partition key; absent for a part that may use any partition
   * @throws org.ostraka.model.error.ThrottledException when there is no room
   */
  void require(Traffic traffic, Optional<IndexName> index, Optional<Bytes> key);
}
