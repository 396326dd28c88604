package org.ostraka.engine.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.model.Owner;
import org.ostraka.model.StreamArn;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;

/**
 * The table or stream whose policy a request reads or changes. Immutable.
 *
 * <p>Q-212 measured the texts (October 2026).
 *
 * @param text the ARN as the request has it
 * @param label the stream's label; absent for the table itself
 */
record PolicyResource(String text, TableArn table, Optional<String> label) {
  private static final Pattern RESOURCE =
      Pattern.compile(
          "(?<table>arn:[^:]*:dynamodb:[^:]*:[^:]*:table/[^/]+)(/(?<kind>stream|index)/[^/]+)?");
  private static final String PARTITION = "arn:aws:";

  /** Reads the ARN of a table or stream of the caller's account and region. */
  static PolicyResource of(Owner owner, String text) {
    Matcher resource = RESOURCE.matcher(text);
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
    PolicyResource named =
        parse(text, resource)
            .filter(each -> each.table().owner().region().equals(owner.region()))
            .filter(_ -> text.startsWith(PARTITION))
            .orElseThrow(() -> ValidationException.ofParameters("Invalid resource Arn: " + text));
    if (!named.table().owner().account().equals(owner.account())) {
      throw new ValidationException(
          "This action is only supported by accounts that match the resource owner\u2019s account.");
    }
    return named;
  }

  private static Optional<PolicyResource> parse(String text, Matcher resource) {
    if (resource.group("kind") == null) {
      return TableArn.parse(text).map(table -> new PolicyResource(text, table, Optional.empty()));
    }
    return StreamArn.parse(text)
        .map(stream -> new PolicyResource(text, stream.table(), Optional.of(stream.label())));
  }

  ResourceNotFoundException noStream() {
    return new ResourceNotFoundException(
        "Requested resource not found: Stream: "
            + label.orElseThrow()
            + " not found for Table: "
            + table.table());
  }
}
