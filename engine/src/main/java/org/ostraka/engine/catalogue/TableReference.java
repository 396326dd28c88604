package org.ostraka.engine.catalogue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.model.Limits;
import org.ostraka.model.Owner;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;
import org.ostraka.model.error.ValidationException;

/** The table that a request names, by its name or by its ARN. Stateless. */
public final class TableReference {
  private static final String ARN_PREFIX = "arn:";
  private static final String ONE_ERROR = "1 validation error detected: ";

  /** Matches the ARN of any service's resource whose name could be a table's. */
  private static final Pattern ARN =
      Pattern.compile(
          "arn:(?<partition>[^:]+):[^:]+:[^:]+:[^:]+:(?<type>[^:/]+)/(?<name>[a-zA-Z0-9_.-]+)");

  private static final String FORMAT =
      "Valid ARN format is"
          + " 'arn:<awsPartition>:<vendor>:<region>:<subscriber>:resourceType/resourceName',"
          + " where Resource name must have length less than or equal to 255, Resource name must"
          + " have length greater than or equal to 3, Resource name must satisfy regular"
          + " expression pattern: [a-zA-Z0-9_.-]+";
  private static final String SHORT_NAME =
      "Table name of ARN must have length greater than or equal to 3";

  private TableReference() {}

  /**
   * Returns the named table: the owner's table of that name, or the table of an ARN, which may
   * belong to another account. Refuses tables of other regions, since no permission makes an
   * endpoint serve them.
   *
   * @param reference a legal table name, or anything that begins like an ARN
   */
  public static TableArn resolve(Owner owner, String reference) {
    if (!reference.startsWith(ARN_PREFIX)) {
      return new TableArn(owner, new TableName(reference));
    }
    TableArn arn = TableArn.parse(reference).orElseThrow(() -> refusal(reference));
    requireRegion(owner, arn, reference);
    return arn;
  }

  /**
   * Refuses a resource of a table in another region.
   *
   * @param reference how the request names it
   */
  public static void requireRegion(Owner owner, TableArn table, String reference) {
    if (!table.owner().region().equals(owner.region())) {
      throw new ValidationException(ONE_ERROR + "Invalid AWS region in '" + reference + "'");
    }
  }

  /** Returns the error for a text that begins like an ARN but is not the ARN of a table. */
  private static ValidationException refusal(String reference) {
    Matcher arn = ARN.matcher(reference);
    if (!arn.matches()) {
      return broken(reference, FORMAT);
    }
    if (!arn.group("partition").startsWith("aws")) {
      return new ValidationException(ONE_ERROR + "Invalid AWS partition in '" + reference + "'");
    }
    if (!arn.group("type").equals("table")) {
      return new ValidationException(ONE_ERROR + "Invalid resource type in '" + reference + "'");
    }
    return arn.group("name").length() < Limits.TABLE_NAME_MIN_CHARS
        ? broken(reference, SHORT_NAME)
        : broken(reference, FORMAT);
  }

  private static ValidationException broken(String reference, String constraint) {
    return new ValidationException(
        ONE_ERROR
            + "Value '"
            + reference
            + "' at 'tableName' failed to satisfy constraint: "
            + constraint);
  }
}
