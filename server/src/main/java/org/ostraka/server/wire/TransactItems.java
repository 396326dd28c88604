package org.ostraka.server.wire;

import org.ostraka.model.Limits;

/** The common parts of the operations on transactions. Stateless. */
final class TransactItems {
  /** The token that identifies repetitions of a request. */
  static final Shape TOKEN = new Shape.Text(TextRule.between(1, Limits.REQUEST_TOKEN_CHARS));

  private TransactItems() {}

  /** Returns the shape of the list of a transaction's actions. */
  static Shape of(Shape.Structure action) {
    return new Shape.ListOf(
        new Shape.Part(action), 1, Limits.TRANSACTION_ACTIONS, Shape.Wording.WITHOUT_VALUE);
  }
}
