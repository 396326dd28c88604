package org.ostraka.engine.table;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.BillingMode;
import org.ostraka.model.BillingModeSummary;
import org.ostraka.model.Caller;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.IndexStatus;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableClass;
import org.ostraka.model.TableClassSummary;
import org.ostraka.model.TableDescription;
import org.ostraka.model.TableStatus;
import org.ostraka.model.WarmThroughput;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.OnDemandMaximum;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.model.operation.UpdateTable;

/**
 * One change of a table's settings: what it shows meanwhile, and what it is afterwards. Immutable.
 *
 * @param now when the change begins
 * @param due when the change is over
 * @param record the table before the change
 */
record TableChange(Instant now, Instant due, TableRecord record) {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final int MAX_CLASS_UPDATES = 2;
  private static final Duration CLASS_UPDATE_WINDOW = Duration.ofDays(30);

  /** The record with the change under way. */
  TableRecord apply(Caller caller, UpdateTable.Request request, List<TableRecord> others) {
    if (request.tableClass() != null) {
      return tableClass(request.tableClass());
    }
    TableRecord changed = capacity(caller, request, others);
    return request.onDemandMaximum() == null
        ? changed
        : onDemand(caller, changed, request.onDemandMaximum());
  }

  private TableRecord capacity(
      Caller caller, UpdateTable.Request request, List<TableRecord> others) {
    BillingMode wanted = request.billingMode();
    ThroughputUnits units = request.throughput();
    if (wanted == null && units == null) {
      return record;
    }
    BillingMode mode = before().billing().mode();
    if (units == null) {
      return mode == BillingMode.PAY_PER_REQUEST ? record : toOnDemand();
    }
    refuseForOnDemand(mode, wanted);
    if (mode == BillingMode.PAY_PER_REQUEST) {
      ThroughputRules.requireWithinLimits(caller, others, units);
      return toProvisioned(units);
    }
    ThroughputRules.requireChange(before().throughput(), units);
    ThroughputRules.requireWithinLimits(caller, others, units);
    return reprovisioned(units);
  }

  private static void refuseForOnDemand(BillingMode mode, @Nullable BillingMode wanted) {
    if (wanted == BillingMode.PAY_PER_REQUEST) {
      throw new ValidationException(
          INVALID
              + "ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST");
    }
    if (wanted == null && mode == BillingMode.PAY_PER_REQUEST) {
      throw new ValidationException(
          INVALID
              + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode"
              + " is PAY_PER_REQUEST");
    }
  }

  /** While the change goes on it looks like a decrease; afterwards there was none. */
  private TableRecord toOnDemand() {
    ProvisionedThroughput old = before().throughput();
    TableDescription meanwhile =
        updating()
            .withBilling(
                new BillingModeSummary(
                    BillingMode.PAY_PER_REQUEST, before().billing().lastUpdateToPayPerRequest()))
            .withThroughput(
                new ProvisionedThroughput(
                    0,
                    0,
                    DecreaseLimit.decreasesToday(old, now),
                    old.lastIncrease(),
                    Optional.of(now)))
            .withGlobalIndexes(index ->
                index
                    .withStatus(IndexStatus.UPDATING)
                    .withThroughput(
                        new ProvisionedThroughput(
                            0,
                            0,
                            DecreaseLimit.decreasesToday(index.throughput(), now),
                            index.throughput().lastIncrease(),
                            Optional.of(now))));
    TableDescription after =
        meanwhile
            .withStatus(TableStatus.ACTIVE)
            .withBilling(new BillingModeSummary(BillingMode.PAY_PER_REQUEST, Optional.of(due)))
            .withThroughput(units(old, 0, 0))
            .withWarmThroughput(warm().atLeast(WarmThroughput.ON_DEMAND))
            .withGlobalIndexes(this::onDemand);
    return record.becoming(meanwhile, due, after);
  }

  /** An index as it is charged by the request. */
  private GlobalIndex onDemand(GlobalIndex index) {
    ProvisionedThroughput old =
        before().globalIndexes().stream()
            .filter(other -> other.name().equals(index.name()))
            .findFirst()
            .orElseThrow()
            .throughput();
    WarmThroughput warm = index.warmThroughput().orElse(WarmThroughput.ON_DEMAND);
    return index
        .withStatus(IndexStatus.ACTIVE)
        .withThroughput(units(old, 0, 0))
        .withWarmThroughput(warm.atLeast(WarmThroughput.ON_DEMAND));
  }

  private TableRecord toProvisioned(ThroughputUnits wanted) {
    if (!before().globalIndexes().isEmpty()) {
      // Units for indexes come with GlobalSecondaryIndexUpdates, which are not there yet.
      throw new ValidationException(
          INVALID
              + "ProvisionedThroughput must be specified for index: "
              + before().globalIndexes().stream()
                  .map(index -> index.name().value())
                  .collect(Collectors.joining(",")));
    }
    TableDescription meanwhile =
        updating()
            .withBilling(
                new BillingModeSummary(
                    BillingMode.PROVISIONED, before().billing().lastUpdateToPayPerRequest()))
            .withThroughput(units(before().throughput(), wanted.readUnits(), wanted.writeUnits()))
            .withOnDemandThroughput(OnDemandThroughput.UNLIMITED);
    return record.becoming(meanwhile, due, warmed(meanwhile, wanted));
  }

  /**
   * The answer shows the new dates with the old units; the units come with the end of the change.
   */
  private TableRecord reprovisioned(ThroughputUnits wanted) {
    ProvisionedThroughput old = before().throughput();
    boolean increase =
        wanted.readUnits() > old.readUnits() || wanted.writeUnits() > old.writeUnits();
    boolean decrease =
        wanted.readUnits() < old.readUnits() || wanted.writeUnits() < old.writeUnits();
    int decreases = DecreaseLimit.decreasesToday(old, now);
    if (decrease) {
      DecreaseLimit.require(old, now);
    }
    ProvisionedThroughput dated =
        new ProvisionedThroughput(
            old.readUnits(),
            old.writeUnits(),
            decreases,
            increase ? Optional.of(now) : old.lastIncrease(),
            decrease ? Optional.of(now) : old.lastDecrease());
    ProvisionedThroughput changed =
        new ProvisionedThroughput(
            wanted.readUnits(),
            wanted.writeUnits(),
            decreases + (decrease ? 1 : 0),
            dated.lastIncrease(),
            dated.lastDecrease());
    TableDescription meanwhile = updating().withThroughput(dated);
    return record.becoming(meanwhile, due, warmed(meanwhile, wanted).withThroughput(changed));
  }

  private TableRecord onDemand(Caller caller, TableRecord changed, OnDemandMaximum wanted) {
    TableDescription table = changed.description();
    OnDemandThroughput next =
        OnDemandRules.changed(table.billing().mode(), table.onDemandThroughput(), wanted);
    OnDemandRules.requireWithinLimits(caller, wanted);
    return changed.with(each -> each.withOnDemandThroughput(next));
  }

  private TableRecord tableClass(TableClass wanted) {
    Instant oldest = now.minus(CLASS_UPDATE_WINDOW);
    List<Instant> updates =
        new ArrayList<>(
            record.classUpdates().stream().filter(update -> update.isAfter(oldest)).toList());
    if (updates.size() >= MAX_CLASS_UPDATES) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s).");
    }
    if (wanted
        == before().tableClass().map(TableClassSummary::tableClass).orElse(TableClass.STANDARD)) {
      return record;
    }
    updates.add(now);
    TableDescription after =
        before().withTableClass(new TableClassSummary(wanted, Optional.of(due)));
    return record.becoming(updating(), due, after).withClassUpdates(updates);
  }

  private TableDescription before() {
    return record.description();
  }

  private TableDescription updating() {
    return before().withStatus(TableStatus.UPDATING);
  }

  private WarmThroughput warm() {
    return before().warmThroughput().orElse(WarmThroughput.ON_DEMAND);
  }

  private TableDescription warmed(TableDescription meanwhile, ThroughputUnits wanted) {
    return meanwhile
        .withStatus(TableStatus.ACTIVE)
        .withWarmThroughput(
            warm().atLeast(new WarmThroughput(wanted.readUnits(), wanted.writeUnits())));
  }

  private static ProvisionedThroughput units(ProvisionedThroughput old, long read, long write) {
    return new ProvisionedThroughput(
        read, write, old.decreasesToday(), old.lastIncrease(), old.lastDecrease());
  }
}
