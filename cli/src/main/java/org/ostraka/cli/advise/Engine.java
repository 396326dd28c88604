package org.ostraka.cli.advise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ostraka.cli.advise.Workload.Kind;

/**
 * A database that a workload may run on, with what one of it can do at most. Immutable.
 *
 * <p>The ceilings are rounded figures of the makers' own pages: Aurora's launch ("up to 100,000
 * writes and 500,000 reads a second"), "Quotas for Amazon Keyspaces", "Quotas in Amazon DynamoDB",
 * ElastiCache's launch of version 7.1. They tell orders of magnitude only.
 */
enum Engine {
  DYNAMODB("DynamoDB", Double.POSITIVE_INFINITY, Integer.MAX_VALUE),
  AURORA("Aurora PostgreSQL", 100_000, 1),
  POSTGRESQL("PostgreSQL on instances", 30_000, 1),
  KEYSPACES("Keyspaces", 40_000, 6),
  ELASTICACHE("ElastiCache", 1_000_000, 1),
  TIMESTREAM("Timestream", 100_000, 1),
  NEPTUNE("Neptune", 10_000, 1),
  OPENSEARCH("OpenSearch", 50_000, 1),
  REDSHIFT("Redshift", 10_000, 1);

  private final String title;
  private final double writes;
  private final int regions;

  Engine(String title, double writes, int regions) {
    this.title = title;
    this.writes = writes;
    this.regions = regions;
  }

  String title() {
    return title;
  }

  /** Returns what speaks against the engine; empty when it fits. */
  List<String> objections(Workload workload) {
    List<String> found = new ArrayList<>();
    if (workload.writes() > writes) {
      found.add(
          String.format(
              Locale.ROOT,
              "%,.0f writes a second are beyond its ceiling of about %,.0f",
              workload.writes(),
              writes));
    }
    if (workload.regions() > regions) {
      found.add(
          "it is written to in %d region%s at most".formatted(regions, regions == 1 ? "" : "s"));
    }
    if (workload.joins() && !hasJoins()) {
      found.add("it has no joins");
    }
    if (workload.transactional() && !hasTransactions()) {
      found.add("it has no transactions over items");
    }
    if (!suits(workload.kind())) {
      found.add(
          "it is not made for "
              + workload.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    if (this == ELASTICACHE) {
      found.add("it may lose acknowledged writes: a cache, not a system of record");
    }
    return found;
  }

  private boolean hasJoins() {
    return this == AURORA || this == POSTGRESQL || this == REDSHIFT;
  }

  private boolean hasTransactions() {
    return this == DYNAMODB || this == AURORA || this == POSTGRESQL || this == NEPTUNE;
  }

  private boolean suits(Kind kind) {
    return switch (kind) {
      case KEY_VALUE, DOCUMENT ->
          this == DYNAMODB
              || this == AURORA
              || this == POSTGRESQL
              || this == KEYSPACES
              || this == ELASTICACHE;
      case RELATIONAL -> this == AURORA || this == POSTGRESQL;
      case TIME_SERIES -> this == DYNAMODB || this == KEYSPACES || this == TIMESTREAM;
      case GRAPH -> this == NEPTUNE;
      case SEARCH -> this == OPENSEARCH;
      case ANALYTICS -> this == REDSHIFT;
    };
  }
}
