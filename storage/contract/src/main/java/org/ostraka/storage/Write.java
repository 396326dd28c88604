package org.ostraka.storage;

import java.util.Optional;
import org.ostraka.model.Bytes;

/** One change of a decision. A later change of the same row wins over an earlier one. Immutable. */
public sealed interface Write {
  /** The row exists afterwards with this value. */
  record Put(RowKey key, Bytes value) implements Write {}

  /** The row does not exist afterwards. */
  record Delete(RowKey key) implements Write {}

  /**
   * A row that follows from another one, as an index's row follows from an item, exists afterwards
   * with this value, or not at all.
   *
   * <p>It need not be declared: the caller sees to it that no decision writes the row without
   * declaring its owner, and that none reads it.
   *
   * @param owner the declared row that it follows from
   */
  record Derive(RowKey owner, RowKey key, Optional<Bytes> value) implements Write {}

  /** The log has one more record, at a position that the store assigns at commit. */
  record Append(LogId log, Bytes record) implements Write {}

  /**
   * A change that was first made elsewhere and keeps the version that it got there. A log's record
   * of it is marked as {@linkplain LogRecord#isReplicated replicated}.
   *
   * <p>The decision sees to it that the change wins: the store refuses to put or delete a row whose
   * version is the same or greater, which is a mistake of the caller. All later decisions of the
   * store get greater stamps.
   */
  record Replicated(Version version, Write write) implements Write {
    public Replicated {
      if (write instanceof Replicated) {
        throw new IllegalArgumentException("a write is replicated once");
      }
    }
  }
}
