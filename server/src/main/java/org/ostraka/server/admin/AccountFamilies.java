package org.ostraka.server.admin;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.cloudwatch.AccountUse;
import org.ostraka.engine.metric.UserErrors;
import org.ostraka.model.Limits;
import org.ostraka.model.Owner;

/** The metrics of accounts in a region, in the style of Prometheus. One thread. */
final class AccountFamilies {
  private static final String PREFIX = "dynamodb_";

  private final Families families;

  AccountFamilies(Families families) {
    this.families = families;
  }

  /** Adds the requests that were refused. */
  void add(UserErrors errors) {
    errors
        .counts()
        .forEach((owner, count) ->
            families.counter(
                PREFIX + "user_errors",
                "Requests that were answered with status 400, but for failed conditions and lack of"
                    + " capacity.",
                labels(owner),
                count));
  }

  /** Adds the quotas of the accounts that have these tables, and how much is provisioned. */
  void add(List<OpenTable> tables) {
    AccountUse.of(tables).forEach((owner, use) -> add(labels(owner), use));
  }

  private void add(Labels labels, AccountUse use) {
    families.gauge(
        PREFIX + "account_max_reads",
        "Read capacity units a second that the account may provision.",
        labels,
        Limits.ACCOUNT_CAPACITY_UNITS);
    families.gauge(
        PREFIX + "account_max_writes",
        "Write capacity units a second that the account may provision.",
        labels,
        Limits.ACCOUNT_CAPACITY_UNITS);
    families.gauge(
        PREFIX + "account_max_table_level_reads",
        "Read capacity units a second that a table or index may have.",
        labels,
        Limits.TABLE_CAPACITY_UNITS);
    families.gauge(
        PREFIX + "account_max_table_level_writes",
        "Write capacity units a second that a table or index may have.",
        labels,
        Limits.TABLE_CAPACITY_UNITS);
    addUtilization(labels, use);
  }

  private void addUtilization(Labels labels, AccountUse use) {
    families.gauge(
        PREFIX + "account_provisioned_read_capacity_utilization_ratio",
        "The part of the account's read capacity units that is provisioned.",
        labels,
        (double) use.reads() / Limits.ACCOUNT_CAPACITY_UNITS);
    families.gauge(
        PREFIX + "account_provisioned_write_capacity_utilization_ratio",
        "The part of the account's write capacity units that is provisioned.",
        labels,
        (double) use.writes() / Limits.ACCOUNT_CAPACITY_UNITS);
    families.gauge(
        PREFIX + "max_provisioned_table_read_capacity_utilization_ratio",
        "The part of a table's most read capacity units that the table or index with most has.",
        labels,
        (double) use.mostReads() / Limits.TABLE_CAPACITY_UNITS);
    families.gauge(
        PREFIX + "max_provisioned_table_write_capacity_utilization_ratio",
        "The part of a table's most write capacity units that the table or index with most has.",
        labels,
        (double) use.mostWrites() / Limits.TABLE_CAPACITY_UNITS);
  }

  private static Labels labels(Owner owner) {
    return Labels.of("account", owner.account().value(), "region", owner.region().value());
  }
}
