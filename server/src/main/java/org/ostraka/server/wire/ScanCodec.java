package org.ostraka.server.wire;

import java.util.List;
import org.ostraka.model.Limits;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.model.operation.Scan;

/** Scan on the wire. Stateless. */
final class ScanCodec implements OperationCodec<Scan.Request, PageResponse> {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ScanInput",
          Shape.Member.optional("Select", PageRequests.SELECT),
          Shape.Member.optional("IndexName", Shapes.INDEX_NAME),
          Shape.Member.optional("TotalSegments", PageRequests.whole(1, Limits.SCAN_SEGMENTS)),
          Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY),
          Shape.Member.required("TableName", Shapes.TABLE_OF_ITEM),
          Shape.Member.optional("ConditionalOperator", Shapes.TEXT),
          Shape.Member.optional("ScanFilter", OlderForms.CONDITIONS),
          Shape.Member.optional("Segment", PageRequests.whole(0, Limits.SCAN_SEGMENTS - 1)),
          Shape.Member.optional("Limit", PageRequests.LIMIT),
          Shape.Member.optional("AttributesToGet", Shapes.ATTRIBUTE_NAMES),
          Shape.Member.optional("ExclusiveStartKey", Shapes.ATTRIBUTES),
          Shape.Member.optional("ConsistentRead", Shapes.FLAG),
          Shape.Member.optional("FilterExpression", Shapes.TEXT),
          Shape.Member.optional("ProjectionExpression", Shapes.TEXT),
          Shape.Member.optional("ExpressionAttributeValues", Shapes.SUBSTITUTED_VALUES),
          Shape.Member.optional("ExpressionAttributeNames", Shapes.TEXT_MAP));

  @Override
  public boolean onlyReads() {
    return true;
  }

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    PageRequests.refuseUnknownOperator(members);
  }

  @Override
  public List<String> checkedAlone() {
    return PageRequests.CHECKED_ALONE;
  }

  @Override
  public void checkBeforeValues(Members members) {
    OlderForms.refuseMixed(
        members,
        "",
        List.of("AttributesToGet", "ScanFilter", "ConditionalOperator"),
        List.of("ProjectionExpression", "FilterExpression"));
  }

  @Override
  public Scan.Request request(Members members, RequestHead head) {
    return new Scan.Request(
        members.requiredText("TableName"),
        members.number("Segment"),
        members.number("TotalSegments"),
        PageRequests.page(members, "ScanFilter"));
  }

  @Override
  public void response(PageResponse response, JsonOutput json) {
    PageRequests.response(response, json);
  }
}
