package org.ostraka.engine.tag;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.AdmittedTable;
import org.ostraka.engine.gate.AskedKeys;
import org.ostraka.engine.gate.Gate;
import org.ostraka.model.Caller;
import org.ostraka.model.Owner;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;

/**
 * The table whose tags a request reads or changes, by its ARN. Stateless.
 *
 * <p>Q-071, Q-442 and Q-BACKUP-013 measured the texts (October 2026).
 */
final class TaggedTable {
  /** Matches the ARN of a table, of a stream or of an index. */
  private static final Pattern RESOURCE =
      Pattern.compile(
          "(?<table>arn:[^:]*:dynamodb:[^:]*:[^:]*:table/[^/]+)(/(?<kind>stream|index)/[^/]+)?");

  private TaggedTable() {}

  /**
   * Admits an action on the tags of a table.
   *
   * @param text what the request has as the ARN of a resource
   * @param asked tells the condition keys of the request
   */
  static AdmittedTable admit(
      Gate gate, Caller caller, Action action, String text, AskedKeys asked) {
    Matcher resource = RESOURCE.matcher(text);
    requireTableOrStream(text, resource);
    TableArn arn = table(caller.owner(), text, resource.group("table"));
    AdmittedTable admitted =
        gate.admit(caller, new Access(action, arn.toString(), asked)).orElse(() -> unknown(text));
    if (resource.group("kind") != null) {
      throw unknown(text); // streams have no tags
    }
    return admitted;
  }

  /**
   * Returns the record of a table that has been created and is not being deleted; only then the
   * table has tags.
   */
  static TableRecord requireServing(TableRecord record, String text) {
    return switch (record.description().status()) {
      case ACTIVE, UPDATING, INACCESSIBLE_ENCRYPTION_CREDENTIALS -> record;
      case CREATING, DELETING -> throw unknown(text);
    };
  }

  private static void requireTableOrStream(String text, Matcher resource) {
    if (!text.startsWith("arn:")) {
      throw ValidationException.ofParameters("ARNs must start with 'arn:': " + text);
    }
    if (!resource.matches()) {
      throw ValidationException.ofParameters(
          "Provided Arn is not a DynamoDB resource arn: " + text);
    }
    if ("index".equals(resource.group("kind"))) {
      throw ValidationException.ofParameters(
          "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: "
              + text);
    }
  }

  private static TableArn table(Owner owner, String text, String table) {
    Optional<TableArn> arn =
        TableArn.parse(table).filter(named -> named.owner().region().equals(owner.region()));
    return arn.orElseThrow(() ->
        new ValidationException("Invalid TableArn: Invalid ResourceArn provided as input " + text));
  }

  private static ResourceNotFoundException unknown(String text) {
    return new ResourceNotFoundException(
        "Requested resource not found: ResourceArn: " + text + " not found");
  }
}
