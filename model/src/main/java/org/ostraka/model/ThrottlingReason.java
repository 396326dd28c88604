package org.ostraka.model;

/**
 * Why a request was throttled. Immutable.
 *
 * <p>"ThrottlingReason" in the API Reference.
 *
 * @param resource the ARN of the table or the index whose limit was reached
 */
public record ThrottlingReason(Subject subject, Traffic traffic, Limit limit, String resource) {
  /** Whose limit was reached. */
  public enum Subject {
    TABLE("Table"),
    INDEX("Index");

    private final String word;

    Subject(String word) {
      this.word = word;
    }
  }

  /** The limits of throughput. */
  public enum Limit {
    /** What one partition can serve. */
    KEY_RANGE("KeyRangeThroughputExceeded"),
    /** The provisioned throughput. */
    PROVISIONED("ProvisionedThroughputExceeded"),
    /** The account's quota for one table. */
    ACCOUNT("AccountLimitExceeded"),
    /** The maximum that is configured for an on-demand table. */
    ON_DEMAND_MAXIMUM("MaxOnDemandThroughputExceeded");

    private final String word;

    Limit(String word) {
      this.word = word;
    }
  }

  /** Returns the reason as the API spells it. */
  public String word() {
    return subject.word + traffic.word() + limit.word;
  }
}
