package org.ostraka.server.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Limits;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.GetItem;
import tools.jackson.core.JsonGenerator;

/** GetItem on the wire. Stateless. */
final class GetItemCodec implements OperationCodec<GetItem.Request, GetItem.Response> {
  private static final Shape NAMES =
      new Shape.ListOf(
          new Shape.Text(TextRule.atMost(Limits.ATTRIBUTE_NAME_BYTES)), 1, Integer.MAX_VALUE);

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "GetItemInput",
          Shape.Member.optional("ReturnConsumedCapacity", Shapes.RETURN_CONSUMED_CAPACITY),
          Shape.Member.optional("AttributesToGet", NAMES),
          Shape.Member.required("TableName", Shapes.TABLE_OF_ITEM),
          Shape.Member.required("Key", Shapes.ATTRIBUTES),
          Shape.Member.optional("ConsistentRead", Shapes.FLAG),
          Shape.Member.optional("ProjectionExpression", Shapes.TEXT),
          Shape.Member.optional("ExpressionAttributeNames", Shapes.TEXT_MAP));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkBeforeValues(Members members) {
    refuseMixedForms(members);
  }

  @Override
  public GetItem.Request request(Members members, RequestHead head) {
    return new GetItem.Request(
        members.requiredText("TableName"),
        members.requiredItem("Key"),
        distinct(members.texts("AttributesToGet")),
        members.text("ProjectionExpression"),
        members.textMap("ExpressionAttributeNames"),
        members.isTrue("ConsistentRead"),
        members.word("ReturnConsumedCapacity", ReturnConsumedCapacity.NONE));
  }

  @Override
  public void response(GetItem.Response response, JsonGenerator json) {
    ItemResponses.item(json, "Item", response.item());
    ItemResponses.capacity(json, response.consumedCapacity());
  }

  /** The older and the newer way to name what is wanted exclude each other. */
  private static void refuseMixedForms(Members members) {
    if (members.texts("AttributesToGet") != null && members.text("ProjectionExpression") != null) {
      throw new ValidationException(
          "Can not use both expression and non-expression parameters in the same request:"
              + " Non-expression parameters: {AttributesToGet} Expression parameters:"
              + " {ProjectionExpression}");
    }
  }

  private static @Nullable List<String> distinct(@Nullable List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names == null ? List.<String>of() : names) {
      if (!seen.add(name)) {
        throw new ValidationException(
            "One or more parameter values were invalid: Duplicate value in attribute name: "
                + name);
      }
    }
    return names;
  }
}
