package org.ostraka.server.wire;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ostraka.model.BulkOperation;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.ItemFormat;
import org.ostraka.model.operation.StartBulkPutItems;

/** StartBulkPutItems on the wire. Stateless. */
final class StartBulkPutItemsCodec
    implements OperationCodec<StartBulkPutItems.Request, StartBulkPutItems.Response> {
  private static final long MIN_UNITS = 1_024;

  private static final Shape.Structure INPUT =
      new Shape.Structure(
          "InputS3Configuration",
          Shape.Member.optional("S3BucketOwner", TransferShapes.BUCKET_OWNER),
          Shape.Member.required("S3Bucket", TransferShapes.BUCKET),
          Shape.Member.optional("S3KeyPrefix", TransferShapes.PREFIX),
          Shape.Member.required(
              "InputFormat", new Shape.Text(TextRule.oneOf("DYNAMODB_JSON", "ION"))),
          Shape.Member.optional(
              "InputCompressionType", new Shape.Text(TextRule.oneOf("GZIP", "ZSTD", "NONE"))));

  private static final Shape.Structure OUTPUT =
      new Shape.Structure(
          "OutputS3Configuration",
          Shape.Member.optional("S3BucketOwner", TransferShapes.BUCKET_OWNER),
          Shape.Member.optional("S3Bucket", TransferShapes.BUCKET),
          Shape.Member.optional("S3KeyPrefix", TransferShapes.PREFIX),
          Shape.Member.optional("S3SseAlgorithm", new Shape.Text(TextRule.oneOf("AES256", "KMS"))),
          Shape.Member.optional("S3SseKmsKeyId", TransferShapes.KEY_ID),
          Shape.Member.required(
              "OutputType",
              new Shape.ListOf(
                  new Shape.Text(TextRule.oneOf("ERROR", "CONDITION_CHECK_FAILURE")),
                  0,
                  Integer.MAX_VALUE)));

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "StartBulkPutItemsInput",
          Shape.Member.optional("ClientToken", TransferShapes.CLIENT_TOKEN),
          Shape.Member.required("InputS3Configuration", INPUT),
          Shape.Member.required("OutputS3Configuration", OUTPUT),
          Shape.Member.required("TableName", Shapes.TABLE),
          Shape.Member.optional(
              "MaxWriteRequestUnits", new Shape.Whole(Shape.Width.LONG, MIN_UNITS, Long.MAX_VALUE)),
          Shape.Member.optional(
              "PerformanceTier", new Shape.Text(TextRule.oneOf("STANDARD", "ACCELERATED"))));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public StartBulkPutItems.Request request(Members members, RequestHead head) {
    TableRequests.requireTableName(members);
    Members input = members.requiredStructure("InputS3Configuration");
    Long units = members.whole("MaxWriteRequestUnits");
    return new StartBulkPutItems.Request(
        members.text("ClientToken"),
        new BulkOperation.Input(
            input.requiredText("S3Bucket"),
            Optional.ofNullable(input.text("S3BucketOwner")),
            Optional.ofNullable(input.text("S3KeyPrefix")),
            ItemFormat.valueOf(input.requiredText("InputFormat")),
            input.word("InputCompressionType", ImportDescription.Compression.NONE)),
        output(members.requiredStructure("OutputS3Configuration")),
        members.requiredText("TableName"),
        units == null ? OptionalLong.empty() : OptionalLong.of(units),
        members.word("PerformanceTier", BulkOperation.Tier.STANDARD));
  }

  private static StartBulkPutItems.Output output(Members output) {
    List<String> reports = output.texts("OutputType");
    return new StartBulkPutItems.Output(
        Optional.ofNullable(output.text("S3Bucket")),
        Optional.ofNullable(output.text("S3BucketOwner")),
        Optional.ofNullable(output.text("S3KeyPrefix")),
        Optional.ofNullable(output.text("S3SseAlgorithm")),
        Optional.ofNullable(output.text("S3SseKmsKeyId")),
        reports == null
            ? List.of()
            : reports.stream().distinct().map(BulkOperation.Report::valueOf).toList());
  }

  @Override
  public void response(StartBulkPutItems.Response response, JsonOutput json) {
    BulkOperationWriter.description(json, response.operation());
  }
}
