package org.ostraka.server.wire;

import java.util.List;
import java.util.stream.Stream;
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

  /** What a restored table may have other than its source. */
  private static final List<Shape.Member> OVERRIDES =
      List.of(
          Shape.Member.optional("BillingModeOverride", Shapes.BILLING_MODE),
          Shape.Member.optional(
              "GlobalSecondaryIndexOverride",
              new Shape.ListOf(IndexShapes.GLOBAL_INDEX, 0, Integer.MAX_VALUE)),
          Shape.Member.optional(
              "LocalSecondaryIndexOverride",
              new Shape.ListOf(IndexShapes.LOCAL_INDEX, 0, Integer.MAX_VALUE)),
          Shape.Member.optional("ProvisionedThroughputOverride", Shapes.THROUGHPUT),
          Shape.Member.optional("OnDemandThroughputOverride", Shapes.ON_DEMAND_MAXIMUM),
          Shape.Member.optional("SSESpecificationOverride", Shapes.ENCRYPTION));

  private BackupShapes() {}

  /** Returns the shape of a request that restores a table: its own members, then the overrides. */
  static Shape.Structure restoration(String name, Shape.Member... own) {
    return new Shape.Structure(
        name, Stream.concat(Stream.of(own), OVERRIDES.stream()).toArray(Shape.Member[]::new));
  }

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
