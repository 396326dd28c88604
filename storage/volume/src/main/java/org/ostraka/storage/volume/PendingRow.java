package org.ostraka.storage.volume;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.Bytes;

/**
 * What a decision has chosen for a row and the disk does not have yet: a value, or null for none.
 * Immutable.
 */
final class PendingRow {
  private final @Nullable Bytes value;
  private final Ticket ticket;

  PendingRow(@Nullable Bytes value, Ticket ticket) {
    this.value = value;
    this.ticket = ticket;
  }

  @Nullable Bytes value() {
    return value;
  }

  Ticket ticket() {
    return ticket;
  }
}
