package org.ostraka.server.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ExportFilter;
import org.ostraka.model.ExportView;
import org.ostraka.model.Item;
import org.ostraka.model.ItemFormat;
import org.ostraka.model.operation.ExportTableToPointInTime;

/** ExportTableToPointInTime on the wire. Stateless. */
final class ExportTableToPointInTimeCodec
    implements OperationCodec<ExportTableToPointInTime.Request, ExportTableToPointInTime.Response> {
  private static final Shape.Structure INCREMENT =
      new Shape.Structure(
          "IncrementalExportSpecification",
          Shape.Member.optional("ExportFromTime", new Shape.Moment()),
          Shape.Member.optional("ExportToTime", new Shape.Moment()),
          Shape.Member.optional(
              "ExportViewType", new Shape.Text(TextRule.oneOf("NEW_IMAGE", "NEW_AND_OLD_IMAGES"))));

  private static final Shape.Structure FILTER =
      new Shape.Structure(
          "FilterSpecification",
          Shape.Member.optional("FilterExpression", Shapes.TEXT),
          Shape.Member.optional("ProjectionExpression", Shapes.TEXT),
          Shape.Member.optional("KeyConditionExpression", Shapes.TEXT),
          Shape.Member.optional("ExpressionAttributeNames", Shapes.TEXT_MAP),
          Shape.Member.optional("ExpressionAttributeValues", Shapes.SUBSTITUTED_VALUES));

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ExportTableToPointInTimeInput",
          Shape.Member.required("TableArn", TransferShapes.TABLE_ARN),
          Shape.Member.optional("ExportTime", new Shape.Moment()),
          Shape.Member.optional("ClientToken", TransferShapes.CLIENT_TOKEN),
          Shape.Member.required("S3Bucket", TransferShapes.BUCKET),
          Shape.Member.optional("S3BucketOwner", TransferShapes.BUCKET_OWNER),
          Shape.Member.optional("S3Prefix", TransferShapes.PREFIX),
          Shape.Member.optional("S3SseAlgorithm", new Shape.Text(TextRule.oneOf("AES256", "KMS"))),
          Shape.Member.optional("S3SseKmsKeyId", TransferShapes.KEY_ID),
          Shape.Member.optional(
              "ExportFormat", new Shape.Text(TextRule.oneOf("DYNAMODB_JSON", "ION"))),
          Shape.Member.optional(
              "ExportType", new Shape.Text(TextRule.oneOf("FULL_EXPORT", "INCREMENTAL_EXPORT"))),
          Shape.Member.optional("IncrementalExportSpecification", INCREMENT),
          Shape.Member.optional("FilterSpecification", FILTER));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public ExportTableToPointInTime.Request request(Members members, RequestHead head) {
    return new ExportTableToPointInTime.Request(
        members.requiredText("TableArn"),
        members.moment("ExportTime"),
        members.text("ClientToken"),
        members.requiredText("S3Bucket"),
        members.text("S3BucketOwner"),
        members.text("S3Prefix"),
        members.text("S3SseAlgorithm"),
        members.text("S3SseKmsKeyId"),
        members.word("ExportFormat", ItemFormat.class),
        members.text("ExportType"),
        increment(members.structure("IncrementalExportSpecification")),
        filter(members.structure("FilterSpecification")));
  }

  private static ExportTableToPointInTime.@Nullable Increment increment(@Nullable Members wanted) {
    return wanted == null
        ? null
        : new ExportTableToPointInTime.Increment(
            wanted.moment("ExportFromTime"),
            wanted.moment("ExportToTime"),
            wanted.word("ExportViewType", ExportView.class));
  }

  private static @Nullable ExportFilter filter(@Nullable Members wanted) {
    return wanted == null
        ? null
        : new ExportFilter(
            Optional.ofNullable(wanted.text("KeyConditionExpression")),
            Optional.ofNullable(wanted.text("FilterExpression")),
            Optional.ofNullable(wanted.text("ProjectionExpression")),
            Optional.ofNullable(wanted.textMap("ExpressionAttributeNames")),
            Optional.ofNullable(wanted.item("ExpressionAttributeValues")).map(Item::attributes));
  }

  @Override
  public void response(ExportTableToPointInTime.Response response, JsonOutput json) {
    ExportWriter.description(json, response.export());
  }
}
