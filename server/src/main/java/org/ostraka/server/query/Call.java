package org.ostraka.server.query;

import java.util.NoSuchElementException;
import java.util.Optional;
import org.ostraka.model.Caller;
import org.ostraka.model.Origin;

/**
 * What an operation knows of its request beside the parameters. Immutable.
 *
 * @param sender the sender; absent for operations that need no signature
 * @param origin where the request comes from
 */
record Call(Optional<Caller> sender, Origin origin) {
  /** Returns the sender of a request whose signature was verified. */
  Caller caller() {
    return sender.orElseThrow(() -> new NoSuchElementException("the request is not signed"));
  }
}
