package org.ostraka.engine.throughput;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.BillingMode;
import org.ostraka.model.IndexName;
import org.ostraka.model.Limits;
import org.ostraka.model.OnDemandThroughput;
import org.ostraka.model.Owner;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.OnDemandMaximum;

/**
 * Rules for the maximum throughput that a request may ask for, for an on-demand table. Stateless.
 */
public final class OnDemandRules {
  private static final String READ = "MaxReadRequestUnits";
  private static final String WRITE = "MaxWriteRequestUnits";
  private static final long NO_MAXIMUM = -1;
  private static final String TABLE = "table";

  private OnDemandRules() {}

  /** Returns the maximum of a new table. */
  public static OnDemandThroughput forCreation(
      @Nullable BillingMode mode, @Nullable OnDemandMaximum wanted) {
    if (wanted == null) {
      return OnDemandThroughput.UNLIMITED;
    }
    if (mode != BillingMode.PAY_PER_REQUEST) {
      refuse(
          wanted,
          " for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED.");
    }
    requireRange(READ, wanted.maxReadUnits(), false, TABLE);
    requireRange(WRITE, wanted.maxWriteUnits(), false, TABLE);
    return new OnDemandThroughput(
        optional(wanted.maxReadUnits()), optional(wanted.maxWriteUnits()));
  }

  /** Returns the maximum of a new index. */
  public static OnDemandThroughput ofIndex(
      String index, @Nullable BillingMode mode, @Nullable OnDemandMaximum wanted) {
    if (wanted == null) {
      return OnDemandThroughput.UNLIMITED;
    }
    if (mode != BillingMode.PAY_PER_REQUEST) {
      refuse(
          wanted,
          " for OnDemandThroughput for index: "
              + index
              + " cannot be specified when table BillingMode is PROVISIONED.");
    }
    requireRange(READ, wanted.maxReadUnits(), false, "index : " + index);
    requireRange(WRITE, wanted.maxWriteUnits(), false, "index : " + index);
    return new OnDemandThroughput(
        optional(wanted.maxReadUnits()), optional(wanted.maxWriteUnits()));
  }

  /**
   * Returns the maximum of a table after a change; -1 removes a maximum, an absent one keeps it.
   */
  public static OnDemandThroughput changed(
      BillingMode mode, OnDemandThroughput now, OnDemandMaximum wanted) {
    if (mode == BillingMode.PROVISIONED) {
      refuse(
          wanted,
          " for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED");
    }
    requireRange(READ, wanted.maxReadUnits(), true, TABLE);
    requireRange(WRITE, wanted.maxWriteUnits(), true, TABLE);
    return new OnDemandThroughput(
        merged(now.maxReadUnits(), wanted.maxReadUnits()),
        merged(now.maxWriteUnits(), wanted.maxWriteUnits()));
  }

  /** Returns the maximum of an index after a change; see {@link #changed}. */
  public static OnDemandThroughput changedOfIndex(
      IndexName index, BillingMode mode, OnDemandThroughput now, OnDemandMaximum wanted) {
    if (mode == BillingMode.PROVISIONED) {
      refuse(
          wanted,
          " for OnDemandThroughput for index : "
              + index
              + " cannot be specified when the table BillingMode is PROVISIONED");
    }
    requireRange(READ, wanted.maxReadUnits(), true, "index : " + index);
    requireRange(WRITE, wanted.maxWriteUnits(), true, "index : " + index);
    return new OnDemandThroughput(
        merged(now.maxReadUnits(), wanted.maxReadUnits()),
        merged(now.maxWriteUnits(), wanted.maxWriteUnits()));
  }

  /** Returns the maximum as the answer to a change shows it, with the values of the request. */
  public static OnDemandThroughput echoed(OnDemandThroughput after, OnDemandMaximum wanted) {
    return new OnDemandThroughput(
        echoed(after.maxReadUnits(), wanted.maxReadUnits()),
        echoed(after.maxWriteUnits(), wanted.maxWriteUnits()));
  }

  /** Refuses a maximum above the limit of a table. */
  public static void requireWithinLimits(Owner owner, OnDemandMaximum wanted) {
    requireWithinLimits(owner, wanted, TABLE);
  }

  /** Refuses a maximum above the limit of an index. */
  public static void requireIndexWithinLimits(Owner owner, String index, OnDemandMaximum wanted) {
    requireWithinLimits(owner, wanted, "index : " + index);
  }

  private static void requireWithinLimits(Owner owner, OnDemandMaximum wanted, String whose) {
    requireWithinLimit(owner, READ, "TableMaxReadCapacityUnits", wanted.maxReadUnits(), whose);
    requireWithinLimit(owner, WRITE, "TableMaxWriteCapacityUnits", wanted.maxWriteUnits(), whose);
  }

  private static void refuse(OnDemandMaximum wanted, String why) {
    if (wanted.maxReadUnits() != null) {
      throw ValidationException.ofParameters(READ + why);
    }
    if (wanted.maxWriteUnits() != null) {
      throw ValidationException.ofParameters(WRITE + why);
    }
  }

  private static void requireRange(
      String name, @Nullable Long units, boolean mayRemove, String whose) {
    boolean fits = units == null || units >= 1 || (mayRemove && units == NO_MAXIMUM);
    if (!fits) {
      throw ValidationException.ofParameters(
          "Requested "
              + name
              + " for OnDemandThroughput for "
              + whose
              + " is outside of valid range");
    }
  }

  private static void requireWithinLimit(
      Owner owner, String name, String limit, @Nullable Long units, String whose) {
    if (units != null && units > Limits.TABLE_CAPACITY_UNITS) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: Requested "
              + name
              + " for OnDemandThroughput for "
              + whose
              + " exceeds "
              + limit
              + " of the account in region "
              + owner.region());
    }
  }

  private static OptionalLong echoed(OptionalLong after, @Nullable Long wanted) {
    return wanted == null ? after : OptionalLong.of(wanted);
  }

  private static OptionalLong merged(OptionalLong now, @Nullable Long wanted) {
    if (wanted == null) {
      return now;
    }
    return wanted == NO_MAXIMUM ? OptionalLong.empty() : OptionalLong.of(wanted);
  }

  private static OptionalLong optional(@Nullable Long units) {
    return units == null ? OptionalLong.empty() : OptionalLong.of(units);
  }
}
