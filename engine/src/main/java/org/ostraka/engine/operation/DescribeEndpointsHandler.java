package org.ostraka.engine.operation;

import org.ostraka.model.Caller;
import org.ostraka.model.operation.DescribeEndpoints;

/**
 * Carries out DescribeEndpoints: the endpoint is the one through which the caller came. Any thread.
 */
public final class DescribeEndpointsHandler
    implements OperationHandler<DescribeEndpoints.Request, DescribeEndpoints.Response> {
  /** A day: what the service says. */
  private static final long CACHE_PERIOD_MINUTES = 1_440;

  @Override
  public DescribeEndpoints.Response handle(Caller caller, DescribeEndpoints.Request request) {
    return new DescribeEndpoints.Response(request.address(), CACHE_PERIOD_MINUTES);
  }
}
