package org.ostraka.delivery.wire;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.ostraka.model.TableName;
import org.ostraka.model.TimePrecision;
import org.ostraka.model.operation.GetRecords;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The data of a record that a table sends to a Kinesis data stream. Stateless.
 *
 * <p>The members are those of Powertools for AWS Lambda, {@code DynamoDBStreamToKinesisRecordEvent}
 * (2.16.0); {@code ApproximateCreationDateTimePrecision} stands there once it was chosen
 * (aws-lambda-java-libs issue 543).
 */
public final class KinesisRecordJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int HEX_RADIX = 16;
  private static final int HALF = 16;

  private KinesisRecordJson() {}

  /**
   * Returns the data of a record.
   *
   * @param precision the precision of times; absent when nobody chose one
   */
  public static byte[] of(
      TableName table, GetRecords.StreamRecord record, Optional<TimePrecision> precision) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject()
          .writeStringProperty("awsRegion", record.region().toString())
          .writeStringProperty("eventID", uuid(record.eventId()))
          .writeStringProperty("eventName", record.eventName().name());
      identity(json, record.service());
      json.writeStringProperty("recordFormat", "application/json")
          .writeStringProperty("tableName", table.toString());
      change(json, record, precision);
      json.writeStringProperty("eventSource", "aws:dynamodb").writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void identity(JsonGenerator json, Optional<String> service) {
    if (service.isEmpty()) {
      json.writeNullProperty("userIdentity");
      return;
    }
    json.writeObjectPropertyStart("userIdentity")
        .writeStringProperty("principalId", service.get())
        .writeStringProperty("type", "Service")
        .writeEndObject();
  }

  private static void change(
      JsonGenerator json, GetRecords.StreamRecord record, Optional<TimePrecision> precision) {
    json.writeObjectPropertyStart("dynamodb")
        .writeNumberProperty(
            "ApproximateCreationDateTime",
            number(record.created(), precision.orElse(TimePrecision.MILLISECOND)));
    precision.ifPresent(
        chosen -> json.writeStringProperty("ApproximateCreationDateTimePrecision", chosen.name()));
    AttributeJson.property(json, "Keys", record.key());
    record.after().ifPresent(image -> AttributeJson.property(json, "NewImage", image));
    record.before().ifPresent(image -> AttributeJson.property(json, "OldImage", image));
    json.writeNumberProperty("SizeBytes", record.sizeBytes()).writeEndObject();
  }

  private static long number(Instant moment, TimePrecision precision) {
    return switch (precision) {
      case MILLISECOND -> moment.toEpochMilli();
      case MICROSECOND -> ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    };
  }

  /** Returns the 32 digits of an id with the hyphens of a UUID. */
  private static String uuid(String digits) {
    return new UUID(
            Long.parseUnsignedLong(digits.substring(0, HALF), HEX_RADIX),
            Long.parseUnsignedLong(digits.substring(HALF), HEX_RADIX))
        .toString();
  }
}
