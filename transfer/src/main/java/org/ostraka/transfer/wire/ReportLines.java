package org.ostraka.transfer.wire;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ostraka.engine.transfer.BulkJob;
import org.ostraka.model.BulkOperation;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes what is reported of a bulk operation. Stateless.
 *
 * <p>The form is our own, after that of the errors of imports: the service's is not known.
 */
public final class ReportLines {
  private static final JsonFactory FACTORY = JsonFactory.builder().rootValueSeparator("").build();

  private ReportLines() {}

  /**
   * A record that was not written. Immutable.
   *
   * @param key the key of its object
   * @param index its place in the object, from 0 on
   */
  public record Place(String bucket, String key, long index) {}

  /** Returns the line of a record that breaks a rule. */
  public static Bytes error(BulkOperation operation, Place place, List<String> problems) {
    return written(json -> {
      begin(json, operation, place);
      json.writeName("errorMessages").writeStartArray();
      problems.forEach(json::writeString);
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    });
  }

  /**
   * Returns the line of an item whose condition did not hold.
   *
   * @param existing the item that is there; absent when there is none
   */
  public static Bytes unmet(
      BulkOperation operation, Place place, Item attempted, Optional<Item> existing) {
    return written(json -> {
      begin(json, operation, place);
      item(json, "item", attempted);
      existing.ifPresent(found -> item(json, "existingItem", found));
      json.writeEndObject();
      json.writeRaw('\n');
    });
  }

  private static void begin(JsonGenerator json, BulkOperation operation, Place place) {
    json.writeStartObject();
    json.writeName("itemS3Pointer").writeStartObject();
    json.writeStringProperty("bucket", place.bucket());
    json.writeStringProperty("key", place.key());
    json.writeNumberProperty("itemIndex", place.index());
    json.writeEndObject();
    json.writeStringProperty("bulkOperationArn", operation.arn().toString());
  }

  private static void item(JsonGenerator json, String name, Item item) {
    json.writeName(name).writeStartObject();
    item.writeTo(new JsonValues(json));
    json.writeEndObject();
  }

  /** Returns the summary of an operation that has ended. */
  public static Bytes manifest(BulkOperation operation, BulkJob job) {
    BulkOperation.Counts counts = operation.counts();
    return written(json -> {
      json.writeStartObject();
      json.writeStringProperty("bulkOperationArn", operation.arn().toString());
      json.writeStringProperty("bulkOperationStatus", operation.status().name());
      json.writeStringProperty("tableArn", operation.arn().table().toString());
      json.writeStringProperty("tableId", operation.tableId());
      json.writeNumberProperty("processedItemCount", counts.items());
      json.writeNumberProperty(
          "writtenItemCount", counts.items() - counts.failed() - counts.unmet());
      json.writeNumberProperty("failedItemCount", counts.failed());
      json.writeNumberProperty("conditionCheckFailureCount", counts.unmet());
      json.writeNumberProperty("errorFileCount", job.errorFiles());
      json.writeNumberProperty("conditionCheckFailureFileCount", job.unmetFiles());
      json.writeEndObject();
      json.writeRaw('\n');
    });
  }

  private static Bytes written(Consumer<JsonGenerator> content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      content.accept(json);
    }
    return Bytes.wrap(out.toByteArray());
  }
}
