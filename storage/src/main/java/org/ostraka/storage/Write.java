package org.ostraka.storage;

import org.ostraka.model.Bytes;

/**
 * One change of a decision. A later put or delete of the same key wins over an earlier one.
 * Immutable.
 */
public sealed interface Write {
  /** The row exists afterwards with this value. */
  record Put(RowKey key, Bytes value) implements Write {}

  /** The row does not exist afterwards. */
  record Delete(RowKey key) implements Write {}

  /** The log has one more record, at a position that the store assigns at commit. */
  record Append(LogId log, Bytes record) implements Write {}
}
