package org.ostraka.model;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a request comes from. Immutable.
 *
 * @param address the sender's address; absent when it is not known
 * @param isEncrypted whether the connection is encrypted
 * @param userAgent the name that the sender's program gives itself
 */
public record Origin(
    Optional<InetAddress> address, boolean isEncrypted, Optional<String> userAgent) {
  /** A request of which nothing is known. */
  public static final Origin UNKNOWN = new Origin(Optional.empty(), false, Optional.empty());
}
