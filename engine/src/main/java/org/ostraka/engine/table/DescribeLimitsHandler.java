package org.ostraka.engine.table;

import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.Limits;
import org.ostraka.model.operation.DescribeLimits;

/**
 * Carries out DescribeLimits: returns the limits that CreateTable and UpdateTable enforce. Any
 * thread.
 */
public final class DescribeLimitsHandler
    implements OperationHandler<DescribeLimits.Request, DescribeLimits.Response> {
  private final Gate gate;

  public DescribeLimitsHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public DescribeLimits.Response handle(Caller caller, DescribeLimits.Request request) {
    gate.admit(caller, Action.DESCRIBE_LIMITS);
    return new DescribeLimits.Response(
        Limits.ACCOUNT_CAPACITY_UNITS,
        Limits.ACCOUNT_CAPACITY_UNITS,
        Limits.TABLE_CAPACITY_UNITS,
        Limits.TABLE_CAPACITY_UNITS);
  }
}
