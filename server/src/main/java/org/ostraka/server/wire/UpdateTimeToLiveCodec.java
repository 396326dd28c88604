package org.ostraka.server.wire;

import java.util.Objects;
import org.ostraka.model.Limits;
import org.ostraka.model.operation.UpdateTimeToLive;

/** UpdateTimeToLive on the wire. Stateless. */
final class UpdateTimeToLiveCodec
    implements OperationCodec<UpdateTimeToLive.Request, UpdateTimeToLive.Response> {
  private static final Shape.Structure SPECIFICATION =
      new Shape.Structure(
          "TimeToLiveSpecification",
          Shape.Member.required("Enabled", Shapes.FLAG),
          Shape.Member.required(
              "AttributeName",
              new Shape.Text(
                  TextRule.atLeast(1), TextRule.atMost(Limits.TTL_ATTRIBUTE_NAME_CHARS))));

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UpdateTimeToLiveInput",
          Shape.Member.required("TableName", Shapes.TABLE),
          Shape.Member.required("TimeToLiveSpecification", SPECIFICATION));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public UpdateTimeToLive.Request request(Members members, RequestHead head) {
    Members specification = members.requiredStructure("TimeToLiveSpecification");
    return new UpdateTimeToLive.Request(
        members.requiredText("TableName"),
        specification.requiredText("AttributeName"),
        Objects.requireNonNull(specification.flag("Enabled")));
  }

  @Override
  public void response(UpdateTimeToLive.Response response, JsonOutput json) {
    json.writeName("TimeToLiveSpecification").writeStartObject();
    json.writeBooleanProperty("Enabled", response.enabled());
    json.writeStringProperty("AttributeName", response.attributeName());
    json.writeEndObject();
  }
}
