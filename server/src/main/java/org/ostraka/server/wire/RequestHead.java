package org.ostraka.server.wire;

import java.util.function.BooleanSupplier;

/**
 * The parts of a request beside its body that an operation may need. Immutable.
 *
 * @param host the host that the caller addressed, with the port if it was given
 * @param hasRoom whether there is room now for a large answer
 */
public record RequestHead(String host, BooleanSupplier hasRoom) {
  /** Makes the head of a request with room for its answer. */
  public RequestHead(String host) {
    this(host, () -> true);
  }
}
