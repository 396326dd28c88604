package org.ostraka.server.wire;

import org.ostraka.model.Limits;

/** What the operations on transactions have in common on the wire. Stateless. */
final class TransactItems {
  /** By which a repetition of a request is known. */
  static final Shape TOKEN = new Shape.Text(TextRule.between(1, Limits.REQUEST_TOKEN_CHARS));

  private TransactItems() {}

  /** The list of a transaction's actions. */
  static Shape of(Shape.Structure action) {
    return new Shape.ListOf(
        new Shape.Part(action), 1, Limits.TRANSACTION_ACTIONS, Shape.Wording.WITHOUT_VALUE);
  }
}
