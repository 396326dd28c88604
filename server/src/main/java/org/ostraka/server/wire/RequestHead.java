package org.ostraka.server.wire;

import java.util.function.BooleanSupplier;

/**
 * What an operation may need to know of a request beside its body. Immutable.
 *
 * @param host the host, and the port if it was given, that the caller addressed
 * @param hasRoom whether there is room now for a large answer
 */
public record RequestHead(String host, BooleanSupplier hasRoom) {
  /** The head of a request whose answer has room. */
  public RequestHead(String host) {
    this(host, () -> true);
  }
}
