package org.ostraka.server.wire;

import org.ostraka.model.Limits;

/** What the two operations on transactions have in common on the wire. Stateless. */
final class TransactItems {
  private TransactItems() {}

  /** The list of a transaction's actions. */
  static Shape of(Shape.Structure action) {
    return new Shape.ListOf(
        new Shape.Part(action), 1, Limits.TRANSACTION_ACTIONS, Shape.Wording.WITHOUT_VALUE);
  }
}
