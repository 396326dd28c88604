package org.ostraka.server.wire;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.BillingMode;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.ItemFormat;
import org.ostraka.model.operation.CreateTable;
import org.ostraka.model.operation.ImportTable;

/** ImportTable on the wire. Stateless. */
final class ImportTableCodec implements OperationCodec<ImportTable.Request, ImportTable.Response> {
  private static final int MAX_COLUMNS = 255;
  private static final int MAX_COLUMN_CHARS = 65_536;

  private static final Shape.Structure SOURCE =
      new Shape.Structure(
          "S3BucketSource",
          Shape.Member.optional("S3BucketOwner", TransferShapes.BUCKET_OWNER),
          Shape.Member.required("S3Bucket", TransferShapes.BUCKET),
          Shape.Member.optional("S3KeyPrefix", TransferShapes.PREFIX));

  private static final Shape.Structure CSV =
      new Shape.Structure(
          "CsvOptions",
          Shape.Member.optional(
              "Delimiter",
              new Shape.Text(
                  TextRule.atLeast(1), TextRule.atMost(1), TransferShapes.matching("[,;:|\\t ]"))),
          Shape.Member.optional(
              "HeaderList",
              new Shape.ListOf(
                  new Shape.Text(
                      TextRule.atLeast(1),
                      TextRule.atMost(MAX_COLUMN_CHARS),
                      TransferShapes.matching("[\\x20-\\x21\\x23-\\x2B\\x2D-\\x7E]*")),
                  1,
                  MAX_COLUMNS)));

  private static final Shape.Structure TABLE =
      new Shape.Structure(
          "TableCreationParameters",
          Shape.Member.required("TableName", Shapes.TABLE_NAME_ONLY),
          Shape.Member.required("AttributeDefinitions", Shapes.DEFINITIONS),
          Shape.Member.required("KeySchema", IndexShapes.TABLE_KEY),
          Shape.Member.optional("BillingMode", Shapes.BILLING_MODE),
          Shape.Member.optional("ProvisionedThroughput", Shapes.THROUGHPUT),
          Shape.Member.optional("OnDemandThroughput", Shapes.ON_DEMAND_MAXIMUM),
          Shape.Member.optional("SSESpecification", Shapes.ENCRYPTION),
          Shape.Member.optional(
              "GlobalSecondaryIndexes",
              new Shape.ListOf(IndexShapes.GLOBAL_INDEX, 0, Integer.MAX_VALUE)));

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ImportTableInput",
          Shape.Member.optional("ClientToken", TransferShapes.CLIENT_TOKEN),
          Shape.Member.required("S3BucketSource", SOURCE),
          Shape.Member.required(
              "InputFormat", new Shape.Text(TextRule.oneOf("DYNAMODB_JSON", "ION", "CSV"))),
          Shape.Member.optional(
              "InputFormatOptions",
              new Shape.Structure("InputFormatOptions", Shape.Member.optional("Csv", CSV))),
          Shape.Member.optional(
              "InputCompressionType", new Shape.Text(TextRule.oneOf("GZIP", "ZSTD", "NONE"))),
          Shape.Member.required("TableCreationParameters", TABLE));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public ImportTable.Request request(Members members, RequestHead head) {
    Members source = members.requiredStructure("S3BucketSource");
    Members options = members.structure("InputFormatOptions");
    return new ImportTable.Request(
        members.text("ClientToken"),
        new ImportDescription.Source(
            source.requiredText("S3Bucket"),
            Optional.ofNullable(source.text("S3BucketOwner")),
            Optional.ofNullable(source.text("S3KeyPrefix"))),
        ItemFormat.valueOf(members.requiredText("InputFormat")),
        options != null,
        csv(options == null ? null : options.structure("Csv")),
        members.word("InputCompressionType", ImportDescription.Compression.NONE),
        table(members.requiredStructure("TableCreationParameters")));
  }

  private static ImportDescription.@Nullable Csv csv(@Nullable Members csv) {
    if (csv == null) {
      return null;
    }
    List<String> header = csv.texts("HeaderList");
    return new ImportDescription.Csv(
        Optional.ofNullable(csv.text("Delimiter")), header == null ? List.of() : header);
  }

  private static CreateTable.Request table(Members table) {
    return new CreateTable.Request(
        table.requiredText("TableName"),
        TableRequests.definitions(table),
        TableRequests.keySchema(table),
        null,
        TableRequests.indexes(table, "GlobalSecondaryIndexes"),
        table.word("BillingMode", BillingMode.class),
        TableRequests.throughput(table),
        TableRequests.onDemandMaximum(table),
        null,
        null,
        TableRequests.encryption(table),
        false,
        List.of(),
        null,
        null);
  }

  @Override
  public void response(ImportTable.Response response, JsonOutput json) {
    ImportWriter.description(json, response.description());
  }
}
