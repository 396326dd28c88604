package org.ostraka.engine.throughput;

import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.BillingMode;
import org.ostraka.model.GlobalIndex;
import org.ostraka.model.Limits;
import org.ostraka.model.Owner;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.CreateTable;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.ThroughputUnits;

/** Rules for the provisioned throughput that a request may ask for. Stateless. */
public final class ThroughputRules {
  private static final String SEE_GUIDE =
      "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher"
          + " limits.";

  private ThroughputRules() {}

  /**
   * Refuses units for a new on-demand table, and a new provisioned table without them. A table
   * without a billing mode is provisioned.
   */
  public static void requireForCreation(
      @Nullable BillingMode mode, @Nullable ThroughputUnits units) {
    if (mode == BillingMode.PAY_PER_REQUEST && units != null) {
      throw ValidationException.ofParameters(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode"
              + " is PAY_PER_REQUEST");
    }
    if (mode != BillingMode.PAY_PER_REQUEST && units == null) {
      throw ValidationException.ofParameters(
          "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
              + " PROVISIONED");
    }
  }

  /**
   * Refuses a new table if it, one of its indexes, or the account with all its tables would exceed
   * its limit.
   */
  public static void requireWithinLimits(
      Owner owner, List<TableRecord> others, CreateTable.Request request) {
    ThroughputUnits units = request.throughput();
    if (units == null) {
      return;
    }
    long readUnits = units.readUnits();
    long writeUnits = units.writeUnits();
    List<NewIndex> indexes = Objects.requireNonNullElse(request.globalIndexes(), List.of());
    for (NewIndex index : indexes) {
      ThroughputUnits own = Objects.requireNonNull(index.throughput());
      requireIndexLimit(owner, "ReadCapacityUnits", index.name(), own.readUnits());
      requireIndexLimit(owner, "WriteCapacityUnits", index.name(), own.writeUnits());
      readUnits += own.readUnits();
      writeUnits += own.writeUnits();
    }
    requireWithinLimits(owner, others, units, readUnits, writeUnits);
  }

  /** Refuses units if the table, or the account with all its tables, would exceed its limit. */
  public static void requireWithinLimits(
      Owner owner, List<TableRecord> others, ThroughputUnits units) {
    requireWithinLimits(owner, others, units, units.readUnits(), units.writeUnits());
  }

  private static void requireWithinLimits(
      Owner owner,
      List<TableRecord> others,
      ThroughputUnits units,
      long readUnitsInAll,
      long writeUnitsInAll) {
    requireTableLimit(owner, "ReadCapacityUnits", units.readUnits());
    requireTableLimit(owner, "WriteCapacityUnits", units.writeUnits());
    requireAccountLimit(
        owner,
        "ReadCapacityUnits",
        reserved(others, ProvisionedThroughput::readUnits),
        readUnitsInAll);
    requireAccountLimit(
        owner,
        "WriteCapacityUnits",
        reserved(others, ProvisionedThroughput::writeUnits),
        writeUnitsInAll);
  }

  /** Refuses read units above the limit of a table. */
  public static void requireTableReads(Owner owner, long readUnits) {
    requireTableLimit(owner, "ReadCapacityUnits", readUnits);
  }

  /** Refuses read units above the limit of an index. */
  public static void requireIndexReads(Owner owner, String index, long readUnits) {
    requireIndexLimit(owner, "ReadCapacityUnits", index, readUnits);
  }

  /** Refuses a change that changes nothing. */
  public static void requireChange(ProvisionedThroughput now, ThroughputUnits wanted) {
    if (now.readUnits() == wanted.readUnits() && now.writeUnits() == wanted.writeUnits()) {
      throw unchanged("the table", "the table", now, wanted);
    }
  }

  /** Refuses a change of an index's units that changes nothing. */
  public static void requireIndexChange(GlobalIndex index, ThroughputUnits wanted) {
    ProvisionedThroughput now = index.throughput();
    if (now.readUnits() == wanted.readUnits() && now.writeUnits() == wanted.writeUnits()) {
      String name = "index " + index.name();
      throw unchanged("the " + name, name, now, wanted);
    }
  }

  /**
   * Refuses units if the index, or the account with all its tables, would exceed its limit.
   *
   * @param now the present throughput of the index
   */
  public static void requireIndexWithinLimits(
      Owner owner,
      List<TableRecord> tables,
      String index,
      ProvisionedThroughput now,
      ThroughputUnits units) {
    requireIndexLimit(owner, "ReadCapacityUnits", index, units.readUnits());
    requireIndexLimit(owner, "WriteCapacityUnits", index, units.writeUnits());
    requireAccountLimit(
        owner,
        "ReadCapacityUnits",
        reserved(tables, ProvisionedThroughput::readUnits) - now.readUnits(),
        units.readUnits());
    requireAccountLimit(
        owner,
        "WriteCapacityUnits",
        reserved(tables, ProvisionedThroughput::writeUnits) - now.writeUnits(),
        units.writeUnits());
  }

  private static ValidationException unchanged(
      String subject, String whose, ProvisionedThroughput now, ThroughputUnits wanted) {
    return new ValidationException(
        "The provisioned throughput for "
            + subject
            + " will not change. The requested value equals the current value. Current"
            + " ReadCapacityUnits provisioned for "
            + whose
            + ": "
            + now.readUnits()
            + ". Requested ReadCapacityUnits: "
            + wanted.readUnits()
            + ". Current WriteCapacityUnits provisioned for "
            + whose
            + ": "
            + now.writeUnits()
            + ". Requested WriteCapacityUnits: "
            + wanted.writeUnits()
            + ". "
            + SEE_GUIDE);
  }

  private static void requireTableLimit(Owner owner, String name, long units) {
    if (units > Limits.TABLE_CAPACITY_UNITS) {
      throw new LimitExceededException(
          "The requested "
              + name
              + ", "
              + units
              + ", is above the per table maximum for the account in "
              + owner.region()
              + ". Per table maximum: "
              + Limits.TABLE_CAPACITY_UNITS
              + ". "
              + SEE_GUIDE);
    }
  }

  private static void requireIndexLimit(Owner owner, String name, String index, long units) {
    if (units > Limits.TABLE_CAPACITY_UNITS) {
      throw new LimitExceededException(
          "The requested "
              + name
              + " for index "
              + index
              + ", "
              + units
              + ", is above the per index maximum for the account in "
              + owner.region()
              + ". Per table maximum: "
              + Limits.TABLE_CAPACITY_UNITS
              + ". "
              + SEE_GUIDE);
    }
  }

  private static void requireAccountLimit(Owner owner, String name, long reserved, long units) {
    if (reserved + units > Limits.ACCOUNT_CAPACITY_UNITS) {
      throw new LimitExceededException(
          "This request would have caused the "
              + name
              + " limit to be exceeded for the account in "
              + owner.region()
              + ". Current "
              + name
              + " reserved by the account: "
              + reserved
              + ". Limit: "
              + Limits.ACCOUNT_CAPACITY_UNITS
              + ". Requested: "
              + units
              + ". "
              + SEE_GUIDE);
    }
  }

  /**
   * Returns the units of the tables and their indexes, now or after a change in progress, whichever
   * is more for each table.
   */
  private static long reserved(
      List<TableRecord> tables, ToLongFunction<ProvisionedThroughput> units) {
    return tables.stream()
        .mapToLong(table ->
            Math.max(
                reserved(table.description(), units),
                table
                    .transition()
                    .flatMap(TableRecord.Transition::after)
                    .map(after -> reserved(after, units))
                    .orElse(0L)))
        .sum();
  }

  private static long reserved(
      TableDescription table, ToLongFunction<ProvisionedThroughput> units) {
    return units.applyAsLong(table.throughput())
        + table.globalIndexes().stream()
            .mapToLong(index -> units.applyAsLong(index.throughput()))
            .sum();
  }
}
