package org.ostraka.server.wire;

import org.ostraka.model.BillingMode;
import org.ostraka.model.Limits;
import org.ostraka.model.operation.RestoreOverrides;

/** Shapes of requests about backups, and what they say. Stateless. */
final class BackupShapes {
  private static final int MIN_ARN_CHARS = 37;
  private static final int MAX_ARN_CHARS = 1_024;

  /** A backup's ARN. */
  static final Shape ARN =
      new Shape.Text(TextRule.atLeast(MIN_ARN_CHARS), TextRule.atMost(MAX_ARN_CHARS));

  /** A backup's name; the pattern is checked first (finding 457). */
  static final Shape NAME =
      new Shape.Text(
          TextRule.nameCharacters(),
          TextRule.atLeast(Limits.TABLE_NAME_MIN_CHARS),
          TextRule.atMost(Limits.TABLE_NAME_MAX_CHARS));

  static final Shape.Member BILLING_MODE =
      Shape.Member.optional("BillingModeOverride", Shapes.BILLING_MODE);

  static final Shape.Member GLOBAL_INDEXES =
      Shape.Member.optional(
          "GlobalSecondaryIndexOverride",
          new Shape.ListOf(IndexShapes.GLOBAL_INDEX, 0, Integer.MAX_VALUE));

  static final Shape.Member LOCAL_INDEXES =
      Shape.Member.optional(
          "LocalSecondaryIndexOverride",
          new Shape.ListOf(IndexShapes.LOCAL_INDEX, 0, Integer.MAX_VALUE));

  static final Shape.Member THROUGHPUT =
      Shape.Member.optional("ProvisionedThroughputOverride", Shapes.THROUGHPUT);

  static final Shape.Member ON_DEMAND =
      Shape.Member.optional("OnDemandThroughputOverride", Shapes.ON_DEMAND_MAXIMUM);

  static final Shape.Member ENCRYPTION =
      Shape.Member.optional("SSESpecificationOverride", Shapes.ENCRYPTION);

  private BackupShapes() {}

  /** Returns what a request says that a restored table has other than its source. */
  static RestoreOverrides overrides(Members request) {
    Members units = request.structure("ProvisionedThroughputOverride");
    Members maximum = request.structure("OnDemandThroughputOverride");
    Members encryption = request.structure("SSESpecificationOverride");
    return new RestoreOverrides(
        request.word("BillingModeOverride", BillingMode.class),
        TableRequests.indexes(request, "GlobalSecondaryIndexOverride"),
        TableRequests.indexes(request, "LocalSecondaryIndexOverride"),
        units == null ? null : TableRequests.units(units),
        maximum == null ? null : TableRequests.maximum(maximum),
        encryption == null ? null : TableRequests.specification(encryption));
  }
}
