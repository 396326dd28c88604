package org.ostraka.server.wire;

import org.ostraka.model.operation.DescribeLimits;

/** DescribeLimits on the wire. Stateless. */
final class DescribeLimitsCodec
    implements OperationCodec<DescribeLimits.Request, DescribeLimits.Response> {
  private static final Shape.Structure SHAPE = new Shape.Structure("DescribeLimitsInput");

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public DescribeLimits.Request request(Members members, RequestHead head) {
    return new DescribeLimits.Request();
  }

  @Override
  public void response(DescribeLimits.Response response, JsonOutput json) {
    json.writeNumberProperty("AccountMaxReadCapacityUnits", response.accountMaxReadUnits());
    json.writeNumberProperty("AccountMaxWriteCapacityUnits", response.accountMaxWriteUnits());
    json.writeNumberProperty("TableMaxReadCapacityUnits", response.tableMaxReadUnits());
    json.writeNumberProperty("TableMaxWriteCapacityUnits", response.tableMaxWriteUnits());
  }
}
