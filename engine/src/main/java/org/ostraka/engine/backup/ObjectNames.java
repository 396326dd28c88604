package org.ostraka.engine.backup;

import java.util.UUID;

/** The names of the archive's objects. Stateless. */
final class ObjectNames {
  /** Begins the names of all segments. */
  static final String CHAINS = "chains/";

  /** The object that says which store the archive belongs to. */
  static final String OWNER = "store";

  private ObjectNames() {}

  /**
   * Returns the name of a segment.
   *
   * @param unique so that a repeated attempt never replaces what another server has written
   */
  static String name(UUID chain, long number, UUID unique) {
    return CHAINS + chain + "/" + String.format("%012d", number) + "-" + unique;
  }
}
