package org.ostraka.server.wire;

import org.ostraka.model.Limits;
import org.ostraka.model.operation.GetRecords;

/** GetRecords on the wire. Stateless. */
final class GetRecordsCodec implements OperationCodec<GetRecords.Request, GetRecords.Response> {
  /** Records of the service have this version; the guide's older samples have 1.0. */
  private static final String VERSION = "1.1";

  private static final int MAX_ITERATOR_CHARS = 2_048;

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "GetRecordsInput",
          Shape.Member.required(
              "ShardIterator",
              new Shape.Text(TextRule.atLeast(1), TextRule.atMost(MAX_ITERATOR_CHARS))),
          Shape.Member.optional(
              "Limit", new Shape.Whole(Shape.Width.INTEGER, 1, Limits.STREAM_RECORDS_OF_A_PAGE)));

  @Override
  public boolean onlyReads() {
    return true;
  }

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public GetRecords.Request request(Members members, RequestHead head) {
    return new GetRecords.Request(members.requiredText("ShardIterator"), members.number("Limit"));
  }

  @Override
  public void response(GetRecords.Response response, JsonOutput json) {
    json.writeName("Records").writeStartArray();
    for (GetRecords.StreamRecord record : response.records()) {
      json.writeStartObject();
      record(json, record);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (response.nextShardIterator() != null) {
      json.writeStringProperty("NextShardIterator", response.nextShardIterator());
    }
  }

  private static void record(JsonOutput json, GetRecords.StreamRecord record) {
    json.writeStringProperty("awsRegion", record.region().toString());
    json.writeName("dynamodb").writeStartObject();
    change(json, record);
    json.writeEndObject();
    json.writeStringProperty("eventID", record.eventId());
    json.writeStringProperty("eventName", record.eventName().name());
    json.writeStringProperty("eventSource", "aws:dynamodb");
    json.writeStringProperty("eventVersion", VERSION);
    record
        .service()
        .ifPresent(service -> {
          json.writeName("userIdentity").writeStartObject();
          // The model has no other names for the wire; the guide's camelCase is Lambda's.
          json.writeStringProperty("PrincipalId", service);
          json.writeStringProperty("Type", "Service");
          json.writeEndObject();
        });
  }

  private static void change(JsonOutput json, GetRecords.StreamRecord record) {
    json.writeNumberProperty("ApproximateCreationDateTime", record.created().getEpochSecond());
    AttributeWriter.item(json, "Keys", record.key());
    record.after().ifPresent(item -> AttributeWriter.item(json, "NewImage", item));
    record.before().ifPresent(item -> AttributeWriter.item(json, "OldImage", item));
    json.writeStringProperty("SequenceNumber", record.sequenceNumber().toString());
    json.writeNumberProperty("SizeBytes", record.sizeBytes());
    json.writeStringProperty("StreamViewType", record.viewType().name());
  }
}
