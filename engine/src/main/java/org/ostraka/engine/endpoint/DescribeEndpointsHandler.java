package org.ostraka.engine.endpoint;

import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.operation.DescribeEndpoints;

/**
 * Carries out DescribeEndpoints: returns the endpoint to which the caller sent the request. Any
 * thread.
 */
public final class DescribeEndpointsHandler
    implements OperationHandler<DescribeEndpoints.Request, DescribeEndpoints.Response> {
  /** One day, as the service returns it. */
  private static final long CACHE_PERIOD_MINUTES = 1_440;

  private final Gate gate;

  public DescribeEndpointsHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public DescribeEndpoints.Response handle(Caller caller, DescribeEndpoints.Request request) {
    gate.admit(caller, Action.DESCRIBE_ENDPOINTS);
    return new DescribeEndpoints.Response(request.address(), CACHE_PERIOD_MINUTES);
  }
}
