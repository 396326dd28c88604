package org.ostraka.engine.table;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.Effect;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.engine.throughput.DecreaseLimit;
import org.ostraka.engine.throughput.OnDemandRules;
import org.ostraka.engine.throughput.Reprovisioning;
import org.ostraka.engine.throughput.ThroughputRules;
import org.ostraka.engine.throughput.WarmRules;
import org.ostraka.model.BillingMode;
import org.ostraka.model.BillingModeSummary;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.Owner;
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
import org.ostraka.model.operation.WarmThroughputUnits;

/**
 * One change of a table's settings: what the table shows meanwhile, and what it is afterwards.
 * Immutable.
 *
 * @param now when the change begins
 * @param due when the change is over
 * @param record the table before the change
 */
record TableChange(Instant now, Instant due, TableRecord record) {
  private static final int MAX_CLASS_UPDATES = 2;
  private static final Duration CLASS_UPDATE_WINDOW = Duration.ofDays(30);

  /** Returns the record with the change in progress, except for changes of indexes. */
  TableRecord apply(Owner owner, UpdateTable.Request request, List<TableRecord> others) {
    if (request.tableClass() != null) {
      return tableClass(request.tableClass());
    }
    if (request.warmThroughput() != null) {
      return warmThroughput(owner, request.warmThroughput());
    }
    TableRecord changed =
        capacity(owner, request, others).map(effect -> record.changing(effect, due)).orElse(record);
    return request.onDemandMaximum() == null
        ? changed
        : onDemand(owner, changed, request.onDemandMaximum());
  }

  private Optional<Effect> capacity(
      Owner owner, UpdateTable.Request request, List<TableRecord> others) {
    BillingMode wanted = request.billingMode();
    ThroughputUnits units = request.throughput();
    if (wanted == null && units == null) {
      return Optional.empty();
    }
    BillingMode mode = before().billing().mode();
    if (units == null) {
      return mode == BillingMode.PAY_PER_REQUEST ? Optional.empty() : Optional.of(toOnDemand());
    }
    refuseForOnDemand(mode, wanted);
    if (mode == BillingMode.PAY_PER_REQUEST) {
      ThroughputRules.requireWithinLimits(owner, others, units);
      return Optional.of(toProvisioned(units));
    }
    ThroughputRules.requireChange(before().throughput(), units);
    ThroughputRules.requireWithinLimits(owner, others, units);
    return Optional.of(reprovisioned(units));
  }

  private static void refuseForOnDemand(BillingMode mode, @Nullable BillingMode wanted) {
    if (wanted == BillingMode.PAY_PER_REQUEST) {
      throw ValidationException.ofParameters(
          "ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST");
    }
    if (wanted == null && mode == BillingMode.PAY_PER_REQUEST) {
      throw ValidationException.ofParameters(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode"
              + " is PAY_PER_REQUEST");
    }
  }

  /**
   * Returns the change to on-demand. While in progress it is shown as a decrease of throughput;
   * afterwards no decrease is recorded.
   */
  private Effect toOnDemand() {
    ProvisionedThroughput old = before().throughput();
    Effect effect =
        new Effect(
            table ->
                updating(table)
                    .withBilling(billing(BillingMode.PAY_PER_REQUEST, lastSwitch()))
                    .withThroughput(lowered(old)),
            table ->
                table
                    .withStatus(TableStatus.ACTIVE)
                    .withBilling(billing(BillingMode.PAY_PER_REQUEST, Optional.of(due)))
                    .withThroughput(units(old, 0, 0))
                    .withWarmThroughput(warm(table).atLeast(WarmThroughput.ON_DEMAND)));
    for (GlobalIndex index : before().globalIndexes()) {
      effect = effect.and(toOnDemand(index));
    }
    return effect;
  }

  private Effect toOnDemand(GlobalIndex old) {
    return Effect.ofIndex(
        old.name(),
        index -> index.whileUpdating().withThroughput(lowered(old.throughput())),
        index ->
            index
                .afterUpdate()
                .withThroughput(units(old.throughput(), 0, 0))
                .withWarmThroughput(
                    index
                        .warmThroughput()
                        .orElse(WarmThroughput.ON_DEMAND)
                        .atLeast(WarmThroughput.ON_DEMAND)));
  }

  private ProvisionedThroughput lowered(ProvisionedThroughput old) {
    return new ProvisionedThroughput(
        0, 0, DecreaseLimit.decreasesToday(old, now), old.lastIncrease(), Optional.of(now));
  }

  /**
   * Returns the change of the table to provisioned. Its indexes take their units from the same
   * request.
   */
  private Effect toProvisioned(ThroughputUnits wanted) {
    ProvisionedThroughput units =
        units(before().throughput(), wanted.readUnits(), wanted.writeUnits());
    return new Effect(
        table ->
            updating(table)
                .withBilling(billing(BillingMode.PROVISIONED, lastSwitch()))
                .withThroughput(units)
                .withOnDemandThroughput(OnDemandThroughput.UNLIMITED),
        table ->
            warmed(table, wanted)
                .withBilling(billing(BillingMode.PROVISIONED, lastSwitch()))
                .withThroughput(units)
                .withOnDemandThroughput(OnDemandThroughput.UNLIMITED));
  }

  private Effect reprovisioned(ThroughputUnits wanted) {
    Reprovisioning change = Reprovisioning.of(before().throughput(), wanted, now);
    return new Effect(
        table -> updating(table).withThroughput(change.meanwhile()),
        table -> warmed(table, wanted).withThroughput(change.after()));
  }

  private TableRecord onDemand(Owner owner, TableRecord changed, OnDemandMaximum wanted) {
    TableDescription table = changed.description();
    OnDemandThroughput next =
        OnDemandRules.changed(table.billing().mode(), table.onDemandThroughput(), wanted);
    OnDemandRules.requireWithinLimits(owner, wanted);
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
    TableClassSummary next = new TableClassSummary(wanted, Optional.of(due));
    Effect effect =
        new Effect(
            TableChange::updating,
            table -> table.withStatus(TableStatus.ACTIVE).withTableClass(next));
    return record.changing(effect, due).withClassUpdates(updates);
  }

  private TableDescription before() {
    return record.description();
  }

  private static TableDescription updating(TableDescription table) {
    return table.withStatus(TableStatus.UPDATING);
  }

  private Optional<Instant> lastSwitch() {
    return before().billing().lastUpdateToPayPerRequest();
  }

  private static BillingModeSummary billing(BillingMode mode, Optional<Instant> lastSwitch) {
    return new BillingModeSummary(mode, lastSwitch);
  }

  /** Returns the raise of the table's warm throughput, during which the table stays active. */
  private TableRecord warmThroughput(Owner owner, WarmThroughputUnits wanted) {
    WarmRules.requireIncrease(WarmRules.TABLE, warm(before()), wanted);
    WarmRules.requireWithinLimits(owner, WarmRules.TABLE, wanted);
    Effect effect =
        new Effect(
            table -> table.withWarmThroughput(warm(table).whileUpdating()),
            table -> table.withWarmThroughput(WarmRules.merged(warm(table), wanted)));
    return record.changing(effect, due);
  }

  private static WarmThroughput warm(TableDescription table) {
    return table.warmThroughput().orElse(WarmThroughput.ON_DEMAND);
  }

  private static TableDescription warmed(TableDescription table, ThroughputUnits wanted) {
    return table
        .withStatus(TableStatus.ACTIVE)
        .withWarmThroughput(
            warm(table).atLeast(new WarmThroughput(wanted.readUnits(), wanted.writeUnits())));
  }

  private static ProvisionedThroughput units(ProvisionedThroughput old, long read, long write) {
    return new ProvisionedThroughput(
        read, write, old.decreasesToday(), old.lastIncrease(), old.lastDecrease());
  }
}
