package org.ostraka.engine.throughput;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.BillingMode;
import org.ostraka.model.Limits;
import org.ostraka.model.Owner;
import org.ostraka.model.WarmThroughput;
import org.ostraka.model.error.LimitExceededException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ThroughputUnits;
import org.ostraka.model.operation.WarmThroughputUnits;

/**
 * Rules for the warm throughput that a request may ask for. Stateless.
 *
 * <p>The texts are those that measured (October 2026).
 */
public final class WarmRules {
  /** What messages call a table. */
  public static final String TABLE = "table";

  private static final String READ = "ReadUnitsPerSecond";
  private static final String WRITE = "WriteUnitsPerSecond";
  private static final String INITIAL =
      "initial throughput for OnDemand. See:"
          + " https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
          + "on-demand-capacity-mode.html#on-demand-capacity-mode-initial";

  private WarmRules() {}

  /** Returns what messages call an index. */
  public static String index(String name) {
    return "index " + name;
  }

  /**
   * Returns the warm throughput of a new table or index; empty when the request asks for none.
   *
   * @param whose {@link #TABLE} or {@link #index}
   * @param units the provisioned throughput, which a provisioned table or index must have
   */
  public static Optional<WarmThroughput> forCreation(
      String whose,
      @Nullable BillingMode mode,
      @Nullable ThroughputUnits units,
      @Nullable WarmThroughputUnits wanted) {
    if (wanted == null) {
      return Optional.empty();
    }
    if (mode == BillingMode.PAY_PER_REQUEST || units == null) {
      WarmThroughput initial = WarmThroughput.ON_DEMAND;
      requireAtLeast(READ, wanted.readUnits(), initial.readUnits(), whose, INITIAL);
      requireAtLeast(WRITE, wanted.writeUnits(), initial.writeUnits(), whose, INITIAL);
      return Optional.of(merged(initial, wanted));
    }
    String read = "ReadCapacityUnits of ProvisionedThroughput";
    String write = "WriteCapacityUnits of ProvisionedThroughput";
    requireAtLeast(READ, wanted.readUnits(), units.readUnits(), whose, read);
    requireAtLeast(WRITE, wanted.writeUnits(), units.writeUnits(), whose, write);
    WarmThroughput least = new WarmThroughput(units.readUnits(), units.writeUnits());
    return Optional.of(merged(least, wanted));
  }

  /** Refuses a warm throughput that is lower than the present one; the same is allowed. */
  public static void requireIncrease(String whose, WarmThroughput now, WarmThroughputUnits wanted) {
    String current = "current WarmThroughput, decreasing WarmThroughput is not supported";
    requireAtLeast(READ, wanted.readUnits(), now.readUnits(), whose, current);
    requireAtLeast(WRITE, wanted.writeUnits(), now.writeUnits(), whose, current);
  }

  /** Refuses a warm throughput above the limit of a table or an index. */
  public static void requireWithinLimits(Owner owner, String whose, WarmThroughputUnits wanted) {
    requireWithinLimit(owner, READ, "TableMaxReadCapacityUnits", wanted.readUnits(), whose);
    requireWithinLimit(owner, WRITE, "TableMaxWriteCapacityUnits", wanted.writeUnits(), whose);
  }

  /** Refuses a change of an index's warm throughput that has no units. */
  public static void requireUnits(String index, WarmThroughputUnits wanted) {
    if (wanted.isEmpty()) {
      throw ValidationException.ofParameters(
          "WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond"
              + " specified for index: "
              + index);
    }
  }

  /** Returns the throughput with the requested units. */
  public static WarmThroughput merged(WarmThroughput now, WarmThroughputUnits wanted) {
    return new WarmThroughput(
        wanted.readUnits() == null ? now.readUnits() : wanted.readUnits(),
        wanted.writeUnits() == null ? now.writeUnits() : wanted.writeUnits());
  }

  private static void requireAtLeast(
      String name, @Nullable Long units, long least, String whose, String what) {
    if (units != null && units < least) {
      throw ValidationException.ofParameters(
          "Requested " + name + " for WarmThroughput for " + whose + " is lower than " + what);
    }
  }

  private static void requireWithinLimit(
      Owner owner, String name, String limit, @Nullable Long units, String whose) {
    if (units != null && units > Limits.TABLE_CAPACITY_UNITS) {
      throw new LimitExceededException(
          "Subscriber limit exceeded: Requested "
              + name
              + " for WarmThroughput for "
              + whose
              + " exceeds "
              + limit
              + " of the account in region "
              + owner.region());
    }
  }
}
