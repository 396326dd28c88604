package org.ostraka.engine.table;

import org.ostraka.model.Caller;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.ValidationException;

/** The table that a request names, by its name or by its ARN. Stateless. */
final class TableReference {
  private static final String ARN_PREFIX = "arn:";

  private TableReference() {}

  /**
   * The named table, which belongs to the caller and lies in the caller's region.
   *
   * @param reference a legal table name, or anything that begins like an ARN
   */
  static TableArn resolve(Caller caller, String reference) {
    if (!reference.startsWith(ARN_PREFIX)) {
      return new TableArn(caller, new TableName(reference));
    }
    TableArn arn = TableArn.parse(reference).orElseThrow(() -> malformed(reference));
    if (!arn.owner().region().equals(caller.region())) {
      throw new ValidationException(
          "1 validation error detected: Invalid AWS region in '" + reference + "'");
    }
    if (!arn.owner().account().equals(caller.account())) {
      throw new AccessDeniedException("Access is denied");
    }
    return arn;
  }

  private static ValidationException malformed(String reference) {
    return new ValidationException(
        "1 validation error detected: Value '"
            + reference
            + "' at 'tableName' failed to satisfy constraint: Valid ARN format is"
            + " 'arn:<awsPartition>:<vendor>:<region>:<subscriber>:resourceType/resourceName',"
            + " where Resource name must have length less than or equal to 255, Resource name must"
            + " have length greater than or equal to 3, Resource name must satisfy regular"
            + " expression pattern: [a-zA-Z0-9_.-]+");
  }
}
