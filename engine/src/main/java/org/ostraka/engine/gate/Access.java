package org.ostraka.engine.gate;

import java.util.Optional;

/**
 * One action on one table or index. Immutable.
 *
 * @param reference the table's name or ARN, as the request has it
 * @param index the name of the index that is read, as the request has it; absent for the table
 * @param asked tells the condition keys of the access
 */
public record Access(Action action, String reference, Optional<String> index, AskedKeys asked) {
  /** Makes an access without condition keys of its own. */
  public Access(Action action, String reference, Optional<String> index) {
    this(action, reference, index, AskedKeys.NONE);
  }

  /** Makes an access to the table itself. */
  public Access(Action action, String reference, AskedKeys asked) {
    this(action, reference, Optional.empty(), asked);
  }

  /** Returns the same access without condition keys. */
  Access withoutAsked() {
    return new Access(action, reference, index);
  }

  /** Makes an access to the table itself. */
  public Access(Action action, String reference) {
    this(action, reference, Optional.empty());
  }
}
