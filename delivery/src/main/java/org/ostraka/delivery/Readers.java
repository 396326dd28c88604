package org.ostraka.delivery;

import java.util.List;
import org.ostraka.engine.catalogue.LogReader;
import org.ostraka.storage.Guard;

/** Readers of one kind. One thread. */
public interface Readers {
  /**
   * Returns the readers that are wanted now.
   *
   * @param guards the guards of deliveries, for what is stored
   */
  List<WantedReader> wanted(List<Guard> guards);

  /**
   * Returns whether a stored reader is of this kind. One that is and is not wanted any more is
   * removed.
   */
  boolean isOne(LogReader reader);
}
