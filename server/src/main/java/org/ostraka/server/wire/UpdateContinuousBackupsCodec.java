package org.ostraka.server.wire;

import org.ostraka.model.operation.UpdateContinuousBackups;

/** UpdateContinuousBackups on the wire. Stateless. */
final class UpdateContinuousBackupsCodec
    implements OperationCodec<UpdateContinuousBackups.Request, UpdateContinuousBackups.Response> {
  private static final int MAX_DAYS = 35;

  private static final Shape.Structure SPECIFICATION =
      new Shape.Structure(
          "PointInTimeRecoverySpecification",
          Shape.Member.required("PointInTimeRecoveryEnabled", Shapes.FLAG),
          Shape.Member.optional(
              "RecoveryPeriodInDays", new Shape.Whole(Shape.Width.INTEGER, 1, MAX_DAYS)));

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UpdateContinuousBackupsInput",
          Shape.Member.required("TableName", Shapes.TABLE),
          Shape.Member.required("PointInTimeRecoverySpecification", SPECIFICATION));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void checkFirst(Members members) {
    TableRequests.requireTableName(members);
  }

  @Override
  public UpdateContinuousBackups.Request request(Members members, RequestHead head) {
    return new UpdateContinuousBackups.Request(
        members.requiredText("TableName"),
        members
            .requiredStructure("PointInTimeRecoverySpecification")
            .isTrue("PointInTimeRecoveryEnabled"),
        members
            .requiredStructure("PointInTimeRecoverySpecification")
            .number("RecoveryPeriodInDays"));
  }

  @Override
  public void response(UpdateContinuousBackups.Response response, JsonOutput json) {
    BackupWriter.continuous(json, response.backups());
  }
}
