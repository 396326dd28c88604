package org.ostraka.delivery.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.ostraka.model.Item;
import org.ostraka.model.operation.GetRecords;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Writes changes as functions get them from AWS Lambda. Stateless.
 *
 * <p>Members have Lambda's names: those of {@code userIdentity} begin in lower case, which the
 * API's do not. See "Using AWS Lambda with Amazon DynamoDB" in the AWS Lambda Developer Guide, and
 * {@code DynamoDBUserIdentity} in github.com/aws/aws-lambda-go.
 */
public final class EventWriter {
  /** Records of the service have this version; the guide's older samples have 1.0. */
  private static final String VERSION = "1.1";

  private static final byte[] START = ascii("{\"Records\":[");
  private static final byte[] END = ascii("]}");

  /** What an event has besides its records, in bytes. */
  public static final int OVERHEAD_BYTES = START.length + END.length;

  private EventWriter() {}

  /** Returns a record of an event. */
  public static byte[] record(GetRecords.StreamRecord record, String eventSourceArn) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = generator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("eventID", record.eventId());
      json.writeStringProperty("eventName", record.eventName().name());
      json.writeStringProperty("eventVersion", VERSION);
      json.writeStringProperty("eventSource", "aws:dynamodb");
      json.writeStringProperty("awsRegion", record.region().toString());
      json.writeName("dynamodb");
      change(json, record);
      record.service().ifPresent(service -> userIdentity(json, service));
      json.writeStringProperty("eventSourceARN", eventSourceArn);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Returns a key alone; its attributes in the order of their names, so equal keys are equal. */
  public static byte[] key(Item key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = generator(bytes)) {
      AttributeJson.write(json, new Item(new TreeMap<>(key.attributes())));
    }
    return bytes.toByteArray();
  }

  /** Returns an event of records that {@link #record} wrote. */
  public static byte[] event(List<byte[]> records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(START);
    for (int i = 0; i < records.size(); i++) {
      if (i > 0) {
        bytes.write(',');
      }
      bytes.writeBytes(records.get(i));
    }
    bytes.writeBytes(END);
    return bytes.toByteArray();
  }

  static JsonGenerator generator(ByteArrayOutputStream bytes) {
    return JsonText.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8);
  }

  private static void change(JsonGenerator json, GetRecords.StreamRecord record) {
    json.writeStartObject();
    json.writeNumberProperty("ApproximateCreationDateTime", record.created().getEpochSecond());
    AttributeJson.property(json, "Keys", record.key());
    record.after().ifPresent(item -> AttributeJson.property(json, "NewImage", item));
    record.before().ifPresent(item -> AttributeJson.property(json, "OldImage", item));
    json.writeStringProperty("SequenceNumber", record.sequenceNumber());
    json.writeNumberProperty("SizeBytes", record.sizeBytes());
    json.writeStringProperty("StreamViewType", record.viewType().name());
    json.writeEndObject();
  }

  private static void userIdentity(JsonGenerator json, String service) {
    json.writeName("userIdentity").writeStartObject();
    json.writeStringProperty("type", "Service");
    json.writeStringProperty("principalId", service);
    json.writeEndObject();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
