package org.ostraka.server.wire;

import org.ostraka.model.Limits;
import org.ostraka.model.operation.RestoreTableToPointInTime;

/** RestoreTableToPointInTime on the wire. Stateless. */
final class RestoreTableToPointInTimeCodec
    implements OperationCodec<
        RestoreTableToPointInTime.Request, RestoreTableToPointInTime.Response> {
  private static final Shape SOURCE_ARN =
      new Shape.Text(TextRule.atLeast(1), TextRule.atMost(Limits.TABLE_ARN_MAX_CHARS));

  private static final Shape.Structure SHAPE =
      BackupShapes.restoration(
          "RestoreTableToPointInTimeInput",
          Shape.Member.optional("SourceTableArn", SOURCE_ARN),
          Shape.Member.optional("SourceTableName", Shapes.TABLE_NAME_ONLY),
          Shape.Member.required("TargetTableName", Shapes.TABLE_NAME_ONLY),
          Shape.Member.optional("UseLatestRestorableTime", Shapes.FLAG),
          Shape.Member.optional("RestoreDateTime", new Shape.Moment()));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public RestoreTableToPointInTime.Request request(Members members, RequestHead head) {
    return new RestoreTableToPointInTime.Request(
        members.text("SourceTableArn"),
        members.text("SourceTableName"),
        members.requiredText("TargetTableName"),
        members.flag("UseLatestRestorableTime"),
        members.moment("RestoreDateTime"),
        BackupShapes.overrides(members));
  }

  @Override
  public void response(RestoreTableToPointInTime.Response response, JsonOutput json) {
    TableWriter.restored(json, response.table(), response.summary());
  }
}
