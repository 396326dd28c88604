package org.ostraka.engine.gate;

import java.util.Optional;

/**
 * One action on one table or index. Immutable.
 *
 * @param reference the table's name or ARN, as the request has it
 * @param index the name of the index that is read, as the request has it; absent for the table
 */
public record Access(Action action, String reference, Optional<String> index) {
  /** Makes an access to the table itself. */
  public Access(Action action, String reference) {
    this(action, reference, Optional.empty());
  }
}
