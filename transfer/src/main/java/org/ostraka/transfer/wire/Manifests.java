package org.ostraka.transfer.wire;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ostraka.engine.transfer.ExportFile;
import org.ostraka.model.Bytes;
import org.ostraka.model.ExportDescription;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the manifests of exports: their members and the order of these are those of "DynamoDB
 * table export output format" in the Developer Guide. Stateless.
 */
public final class Manifests {
  private static final JsonFactory FACTORY = JsonFactory.builder().rootValueSeparator("").build();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Manifests() {}

  /** Returns the manifest that lists the files. */
  public static Bytes files(List<ExportFile> files) {
    return written(json -> {
      for (ExportFile file : files) {
        json.writeStartObject();
        json.writeNumberProperty("itemCount", file.items());
        json.writeStringProperty("md5Checksum", file.md5());
        json.writeStringProperty("etag", file.etag());
        json.writeStringProperty("dataFileS3Key", file.key());
        json.writeEndObject();
        json.writeRaw('\n');
      }
    });
  }

  /** Returns the manifest that sums up an export that is completed. */
  public static Bytes summary(ExportDescription export, String filesKey) {
    ExportDescription.Result result = export.result().orElseThrow();
    Optional<ExportDescription.Increment> increment = export.increment();
    return written(json -> {
      json.writeStartObject();
      json.writeStringProperty("version", increment.isPresent() ? "2023-08-01" : "2020-06-30");
      json.writeStringProperty("exportArn", export.arn().toString());
      json.writeStringProperty("startTime", text(export.arn().started()));
      json.writeStringProperty("endTime", text(export.end().orElseThrow()));
      json.writeStringProperty("tableArn", export.arn().table().toString());
      json.writeStringProperty("tableId", export.tableId());
      if (increment.isPresent()) {
        json.writeStringProperty("exportFromTime", text(increment.get().from()));
        json.writeStringProperty("exportToTime", text(increment.get().to()));
      } else {
        json.writeStringProperty("exportTime", text(export.exportTime()));
      }
      json.writeStringProperty("s3Bucket", export.destination().bucket());
      json.writeStringProperty("s3Prefix", export.destination().prefix().orElse(null));
      json.writeStringProperty("s3SseAlgorithm", "AES256");
      json.writeNullProperty("s3SseKmsKeyId");
      json.writeStringProperty("manifestFilesS3Key", filesKey);
      json.writeNumberProperty("billedSizeBytes", result.billedSizeBytes());
      json.writeNumberProperty("itemCount", result.itemCount());
      json.writeStringProperty("outputFormat", export.format().name());
      increment.ifPresent(present -> {
        json.writeStringProperty("outputView", present.view().name());
        json.writeStringProperty("exportType", "INCREMENTAL_EXPORT");
      });
      json.writeEndObject();
    });
  }

  private static String text(Instant time) {
    return TIME.format(time);
  }

  private static Bytes written(Consumer<JsonGenerator> content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      content.accept(json);
    }
    return Bytes.wrap(out.toByteArray());
  }
}
