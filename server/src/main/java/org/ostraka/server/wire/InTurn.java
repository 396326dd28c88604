package org.ostraka.server.wire;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.Item;

/**
 * A part of a request that the service checks separately. Immutable.
 *
 * @param value the part's content
 * @param badValue the problem of its first illegal attribute value, if there is one
 */
record InTurn(Object value, Optional<String> badValue) {
  Members members() {
    return (Members) value;
  }

  Item item() {
    return (Item) value;
  }

  /** Returns the parts of a list. */
  static List<InTurn> listOf(Object list) {
    return ((List<?>) list).stream().map(InTurn.class::cast).toList();
  }
}
