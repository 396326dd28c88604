package org.ostraka.server.query;

import java.util.NoSuchElementException;
import java.util.Optional;
import org.ostraka.model.Caller;

/**
 * What an operation knows of its request beside the parameters. Immutable.
 *
 * @param sender the sender; absent for operations that need no signature
 */
record Call(Optional<Caller> sender) {
  /** Returns the sender of a request whose signature was verified. */
  Caller caller() {
    return sender.orElseThrow(() -> new NoSuchElementException("the request is not signed"));
  }
}
