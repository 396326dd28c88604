package org.ostraka.delivery.trigger;

import java.time.Instant;
import org.ostraka.storage.Position;

/**
 * One change on its way to a function. Immutable.
 *
 * @param json the record of the event, which nobody changes
 */
record Event(Position position, Instant moment, String sequenceNumber, byte[] json) {
  /** Returns its bytes in an event, with the comma. */
  long sizeBytes() {
    return json.length + 1L;
  }
}
