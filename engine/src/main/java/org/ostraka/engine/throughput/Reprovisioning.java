package org.ostraka.engine.throughput;

import java.time.Instant;
import java.util.Optional;
import org.ostraka.model.ProvisionedThroughput;
import org.ostraka.model.operation.ThroughputUnits;

/**
 * A change of the provisioned units of a table or an index. Immutable.
 *
 * <p>The answer shows the new dates with the old units; the new units are shown from the end of the
 * change.
 *
 * @param meanwhile what is shown until the end of the change
 * @param after what is shown from then on
 */
public record Reprovisioning(ProvisionedThroughput meanwhile, ProvisionedThroughput after) {

  /**
   * Returns a change that begins now.
   *
   * @throws org.ostraka.model.error.LimitExceededException when units were lowered too often today
   */
  public static Reprovisioning of(ProvisionedThroughput old, ThroughputUnits wanted, Instant now) {
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
    return new Reprovisioning(
        dated,
        new ProvisionedThroughput(
            wanted.readUnits(),
            wanted.writeUnits(),
            decreases + (decrease ? 1 : 0),
            dated.lastIncrease(),
            dated.lastDecrease()));
  }
}
