package org.ostraka.server.wire;

import org.ostraka.model.operation.ListBackups;

/** ListBackups on the wire. Stateless. */
final class ListBackupsCodec implements OperationCodec<ListBackups.Request, ListBackups.Response> {
  private static final int MAX_LIMIT = 100;

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListBackupsInput",
          Shape.Member.optional("TableName", Shapes.TABLE),
          Shape.Member.optional("Limit", new Shape.Whole(Shape.Width.INTEGER, 1, MAX_LIMIT)),
          Shape.Member.optional("TimeRangeLowerBound", new Shape.Moment()),
          Shape.Member.optional("TimeRangeUpperBound", new Shape.Moment()),
          Shape.Member.optional("ExclusiveStartBackupArn", BackupShapes.ARN),
          Shape.Member.optional(
              "BackupType", new Shape.Text(TextRule.oneOf("USER", "SYSTEM", "AWS_BACKUP", "ALL"))));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public ListBackups.Request request(Members members, RequestHead head) {
    return new ListBackups.Request(
        members.text("TableName"),
        members.number("Limit"),
        members.moment("TimeRangeLowerBound"),
        members.moment("TimeRangeUpperBound"),
        members.text("ExclusiveStartBackupArn"),
        members.text("BackupType"));
  }

  @Override
  public void response(ListBackups.Response response, JsonOutput json) {
    json.writeName("BackupSummaries").writeStartArray();
    response.backups().forEach(backup -> BackupWriter.summary(json, backup));
    json.writeEndArray();
    response
        .last()
        .ifPresent(last -> json.writeStringProperty("LastEvaluatedBackupArn", last.toString()));
  }
}
