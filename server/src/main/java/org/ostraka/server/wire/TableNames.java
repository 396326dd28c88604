package org.ostraka.server.wire;

import org.ostraka.model.Limits;
import org.ostraka.model.TableName;

/** The names of tables in a request for several tables. Stateless. */
final class TableNames {
  /** The service's message about an illegal name. */
  static final String CONSTRAINT =
      "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member"
          + " must have length greater than or equal to 3, Member must satisfy regular expression"
          + " pattern: [a-zA-Z0-9_.-]+]";

  private TableNames() {}

  /**
   * Returns whether the name is a legal table name or begins like an ARN, which is checked
   * elsewhere.
   */
  static boolean isLegal(String name) {
    return name.startsWith("arn:")
        ? name.length() <= Limits.TABLE_ARN_MAX_CHARS
        : TableName.isLegal(name);
  }
}
