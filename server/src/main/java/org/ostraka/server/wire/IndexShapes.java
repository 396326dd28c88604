package org.ostraka.server.wire;

import org.ostraka.model.Limits;

/** Shapes of indexes in requests. Stateless. */
final class IndexShapes {
  private static final int MAX_TABLE_KEYS = 2;

  private static final Shape.Structure ELEMENT =
      new Shape.Structure(
          "KeySchemaElement",
          Shape.Member.required("AttributeName", Shapes.KEY_NAME),
          Shape.Member.required("KeyType", new Shape.Text(TextRule.oneOf("HASH", "RANGE"))));

  /** The key of a table or a local index. */
  static final Shape TABLE_KEY = new Shape.ListOf(ELEMENT, 1, MAX_TABLE_KEYS);

  private static final Shape GLOBAL_KEY = new Shape.ListOf(ELEMENT, 1, Integer.MAX_VALUE);

  private static final Shape PROJECTION =
      new Shape.Structure(
          "Projection",
          Shape.Member.optional(
              "ProjectionType", new Shape.Text(TextRule.oneOf("ALL", "INCLUDE", "KEYS_ONLY"))),
          Shape.Member.optional(
              "NonKeyAttributes", new Shape.ListOf(Shapes.KEY_NAME, 1, Limits.INDEX_ATTRIBUTES)));

  static final Shape.Structure LOCAL_INDEX =
      new Shape.Structure(
          "LocalSecondaryIndex",
          Shape.Member.required("IndexName", Shapes.INDEX_NAME),
          Shape.Member.required("KeySchema", TABLE_KEY),
          Shape.Member.required("Projection", PROJECTION));

  static final Shape.Structure GLOBAL_INDEX =
      new Shape.Structure(
          "GlobalSecondaryIndex",
          Shape.Member.required("KeySchema", GLOBAL_KEY),
          Shape.Member.required("Projection", PROJECTION),
          Shape.Member.required("IndexName", Shapes.INDEX_NAME),
          Shape.Member.optional("ProvisionedThroughput", Shapes.THROUGHPUT),
          Shape.Member.optional("OnDemandThroughput", Shapes.ON_DEMAND_MAXIMUM),
          Shape.Member.optional("WarmThroughput", Shapes.WARM_THROUGHPUT));

  /** The members of a creation have another order here, which is the service's order of checks. */
  private static final Shape.Structure UPDATE =
      new Shape.Structure(
          "GlobalSecondaryIndexUpdate",
          Shape.Member.optional(
              "Update",
              new Shape.Structure(
                  "UpdateGlobalSecondaryIndexAction",
                  Shape.Member.required("IndexName", Shapes.INDEX_NAME),
                  Shape.Member.optional("ProvisionedThroughput", Shapes.THROUGHPUT),
                  Shape.Member.optional("OnDemandThroughput", Shapes.ON_DEMAND_MAXIMUM),
                  Shape.Member.optional("WarmThroughput", Shapes.WARM_THROUGHPUT))),
          Shape.Member.optional(
              "Create",
              new Shape.Structure(
                  "CreateGlobalSecondaryIndexAction",
                  Shape.Member.required("Projection", PROJECTION),
                  Shape.Member.required("IndexName", Shapes.INDEX_NAME),
                  Shape.Member.optional("ProvisionedThroughput", Shapes.THROUGHPUT),
                  Shape.Member.required("KeySchema", GLOBAL_KEY),
                  Shape.Member.optional("OnDemandThroughput", Shapes.ON_DEMAND_MAXIMUM),
                  Shape.Member.optional("WarmThroughput", Shapes.WARM_THROUGHPUT))),
          Shape.Member.optional(
              "Delete",
              new Shape.Structure(
                  "DeleteGlobalSecondaryIndexAction",
                  Shape.Member.required("IndexName", Shapes.INDEX_NAME))));

  static final Shape UPDATES = new Shape.ListOf(UPDATE, 0, Integer.MAX_VALUE);

  private IndexShapes() {}
}
