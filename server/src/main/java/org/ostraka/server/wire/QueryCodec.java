package org.ostraka.server.wire;

import java.util.ArrayList;
import java.util.List;
import org.ostraka.model.operation.PageResponse;
import org.ostraka.model.operation.Query;

/** Query on the wire. Stateless. */
final class QueryCodec implements OperationCodec<Query.Request, PageResponse> {
  private static final String KEY_CONDITIONS = "KeyConditions";
  private static final String KEY_CONDITION_EXPRESSION = "KeyConditionExpression";

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "QueryInput",
          Shape.Member.optional("Select", PageRequests.SELECT),
          Shape.Member.optional("IndexName", Shapes.INDEX_NAME),
          Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY),
          Shape.Member.optional("QueryFilter", OlderForms.CONDITIONS),
          Shape.Member.required("TableName", Shapes.TABLE_OF_ITEM),
          Shape.Member.optional("ConditionalOperator", Shapes.TEXT),
          Shape.Member.optional("AttributesToGet", Shapes.ATTRIBUTE_NAMES),
          Shape.Member.optional("Limit", PageRequests.LIMIT),
          Shape.Member.optional(KEY_CONDITIONS, OlderForms.CONDITIONS),
          Shape.Member.optional("ExclusiveStartKey", Shapes.ATTRIBUTES),
          Shape.Member.optional("ConsistentRead", Shapes.FLAG),
          Shape.Member.optional("ScanIndexForward", Shapes.FLAG),
          Shape.Member.optional(KEY_CONDITION_EXPRESSION, Shapes.TEXT),
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
    List<String> older =
        new ArrayList<>(List.of("AttributesToGet", "QueryFilter", "ConditionalOperator"));
    if (members.text(KEY_CONDITION_EXPRESSION) != null) {
      // Key conditions of the older form may be combined with expressions for everything else.
      older.add(KEY_CONDITIONS);
    }
    OlderForms.refuseMixed(
        members,
        "",
        older,
        List.of("ProjectionExpression", "FilterExpression", KEY_CONDITION_EXPRESSION));
  }

  @Override
  public Query.Request request(Members members, RequestHead head) {
    return new Query.Request(
        members.requiredText("TableName"),
        members.text(KEY_CONDITION_EXPRESSION),
        OlderForms.conditions(members, KEY_CONDITIONS),
        !Boolean.FALSE.equals(members.flag("ScanIndexForward")),
        PageRequests.page(members, "QueryFilter"));
  }

  @Override
  public void response(PageResponse response, JsonOutput json) {
    PageRequests.response(response, json);
  }
}
