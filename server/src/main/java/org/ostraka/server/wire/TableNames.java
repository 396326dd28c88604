package org.ostraka.server.wire;

import org.ostraka.model.Limits;
import org.ostraka.model.TableName;

/** The names under which a request asks something of tables. Stateless. */
final class TableNames {
  /** What the service says of a name that is not legal. */
  static final String CONSTRAINT =
      "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member"
          + " must have length greater than or equal to 3, Member must satisfy regular expression"
          + " pattern: [a-zA-Z0-9_.-]+]";

  private TableNames() {}

  /**
   * Whether it is a table's name, or begins like an ARN; those are judged as a whole, elsewhere.
   */
  static boolean isLegal(String name) {
    return name.startsWith("arn:")
        ? name.length() <= Limits.TABLE_ARN_MAX_CHARS
        : TableName.isLegal(name);
  }
}
