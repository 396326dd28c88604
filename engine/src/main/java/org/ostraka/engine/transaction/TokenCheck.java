package org.ostraka.engine.transaction;

import java.util.function.Consumer;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Row;

/** Verifies the rows of request tokens. Stateless. */
public final class TokenCheck {
  private TokenCheck() {}

  /** Returns whether a row is one of a token. */
  public static boolean isOfToken(Row row) {
    return row.key().space().equals(RequestTokens.SPACE);
  }

  /** Verifies one row and reports problems. */
  public static void row(Row row, Consumer<String> problems) {
    try {
      TokenRecord.of(row);
    } catch (CorruptDataException damage) {
      problems.accept("a request's token is damaged: " + damage.getMessage());
    }
  }
}
