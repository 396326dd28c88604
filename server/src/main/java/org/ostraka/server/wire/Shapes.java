package org.ostraka.server.wire;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.Limits;

/** Shapes that several operations share. Stateless. */
final class Shapes {
  static final Shape FLAG = new Shape.Flag();
  static final Shape TEXT = new Shape.Text();
  static final Shape TEXT_MAP = new Shape.TextMap();
  static final Shape ATTRIBUTES = new Shape.Attributes();
  static final Shape SUBSTITUTED_VALUES = new Shape.SubstitutedValues();

  /** A table's name or ARN. */
  static final Shape TABLE =
      new Shape.Text(
          TextRule.atLeast(Limits.TABLE_NAME_MIN_CHARS).unlessArn(),
          TextRule.nameCharacters().unlessArn(),
          TextRule.atMost(Limits.TABLE_NAME_MAX_CHARS).unlessArn(),
          TextRule.atMost(Limits.TABLE_ARN_MAX_CHARS));

  /** A table's name or ARN; the message about an empty one has only the minimum length. */
  static final Shape TABLE_OF_ITEM =
      new Shape.Text(
          TextRule.atLeast(1),
          nonEmpty(TextRule.atLeast(Limits.TABLE_NAME_MIN_CHARS)).unlessArn(),
          nonEmpty(TextRule.nameCharacters()).unlessArn(),
          TextRule.atMost(Limits.TABLE_NAME_MAX_CHARS).unlessArn(),
          TextRule.atMost(Limits.TABLE_ARN_MAX_CHARS));

  /** A table's name where an ARN is refused; the pattern is checked first. */
  static final Shape TABLE_NAME_ONLY =
      new Shape.Text(
          TextRule.nameCharacters(),
          TextRule.atLeast(Limits.TABLE_NAME_MIN_CHARS),
          TextRule.atMost(Limits.TABLE_NAME_MAX_CHARS));

  /** An index's name; the pattern is checked first. */
  static final Shape INDEX_NAME = TABLE_NAME_ONLY;

  /** The name of a key attribute. */
  static final Shape KEY_NAME =
      new Shape.Text(TextRule.atLeast(1), TextRule.atMost(Limits.KEY_NAME_CHARS));

  /** The type comes before the name, which is the service's order of checks. */
  private static final Shape.Structure DEFINITION =
      new Shape.Structure(
          "AttributeDefinition",
          Shape.Member.required("AttributeType", new Shape.Text(TextRule.oneOf("B", "N", "S"))),
          Shape.Member.required("AttributeName", KEY_NAME));

  static final Shape DEFINITIONS = new Shape.ListOf(DEFINITION, 0, Integer.MAX_VALUE);

  /** Names of attributes to return. */
  static final Shape ATTRIBUTE_NAMES =
      new Shape.ListOf(
          new Shape.Text(TextRule.atMost(Limits.ATTRIBUTE_NAME_BYTES)), 1, Integer.MAX_VALUE);

  static final Shape RETURN_CONSUMED_CAPACITY =
      new Shape.Text(TextRule.oneOf("INDEXES", "TOTAL", "NONE"));

  static final Shape RETURN_ITEM_COLLECTION_METRICS =
      new Shape.Text(TextRule.oneOf("SIZE", "NONE"));

  /**
   * The service's message lists UPDATE_NEW, which it refuses, and not UPDATED_NEW, which it
   * accepts.
   */
  static final Shape RETURN_VALUES =
      new Shape.Text(
          TextRule.oneOfUnnamed(
              List.of("ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW", "NONE"),
              "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]"));

  /** ReturnValues as the service's older layer checks it. */
  static final Shape RETURN_VALUES_OLDER =
      new Shape.Text(TextRule.oneOf("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"));

  static final Shape RETURN_ON_FAILED_CONDITION = new Shape.Text(TextRule.oneOf("ALL_OLD", "NONE"));

  static final Shape SETTINGS_REPLICATION =
      new Shape.Text(TextRule.oneOf("ENABLED", "DISABLED", "ENABLED_WITH_OVERRIDES"));

  static final Shape BILLING_MODE =
      new Shape.Text(TextRule.oneOf("PROVISIONED", "PAY_PER_REQUEST"));

  static final Shape UNITS = new Shape.Whole(Shape.Width.LONG, 1, Long.MAX_VALUE);

  /** Write units come before read units, which is the service's order of checks. */
  static final Shape.Structure THROUGHPUT =
      new Shape.Structure(
          "ProvisionedThroughput",
          Shape.Member.required("WriteCapacityUnits", UNITS),
          Shape.Member.required("ReadCapacityUnits", UNITS));

  static final Shape.Structure ON_DEMAND_MAXIMUM =
      new Shape.Structure(
          "OnDemandThroughput",
          Shape.Member.optional("MaxReadRequestUnits", Shape.Whole.ANY),
          Shape.Member.optional("MaxWriteRequestUnits", Shape.Whole.ANY));

  static final Shape.Structure WARM_THROUGHPUT =
      new Shape.Structure(
          "WarmThroughput",
          Shape.Member.optional("ReadUnitsPerSecond", Shape.Whole.ANY),
          Shape.Member.optional("WriteUnitsPerSecond", Shape.Whole.ANY));

  static final Shape.Structure ENCRYPTION =
      new Shape.Structure(
          "SSESpecification",
          Shape.Member.optional("Enabled", FLAG),
          Shape.Member.optional("SSEType", new Shape.Text(TextRule.oneOf("AES256", "KMS"))),
          Shape.Member.optional("KMSMasterKeyId", new Shape.Text(TextRule.atLeast(1))));

  private Shapes() {}

  private static TextRule nonEmpty(TextRule rule) {
    return (text, path) -> text.isEmpty() ? Optional.empty() : rule.problem(text, path);
  }
}
