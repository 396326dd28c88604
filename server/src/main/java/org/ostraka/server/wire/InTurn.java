package org.ostraka.server.wire;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.Item;

/**
 * A part of a request that is judged by itself. Immutable.
 *
 * @param value what was read
 * @param badValue what is wrong with the first attribute value of it that is not legal
 */
record InTurn(Object value, Optional<String> badValue) {
  Members members() {
    return (Members) value;
  }

  Item item() {
    return (Item) value;
  }

  /** The parts of a list. */
  static List<InTurn> listOf(Object list) {
    return ((List<?>) list).stream().map(InTurn.class::cast).toList();
  }
}
