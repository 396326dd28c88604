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
    json.writeName(Name.RECORDS).writeStartArray();
    for (GetRecords.StreamRecord record : response.records()) {
      json.writeStartObject();
      record(json, record);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (response.nextShardIterator() != null) {
      json.writeStringProperty(Name.NEXT_SHARD_ITERATOR, response.nextShardIterator());
    }
  }

  private static void record(JsonOutput json, GetRecords.StreamRecord record) {
    json.writeStringProperty(Name.AWS_REGION, record.region().toString());
    json.writeName(Name.DYNAMODB).writeStartObject();
    change(json, record);
    json.writeEndObject();
    json.writeStringProperty(Name.EVENT_ID, record.eventId());
    json.writeStringProperty(Name.EVENT_NAME, record.eventName().name());
    json.writeStringProperty(Name.EVENT_SOURCE, "aws:dynamodb");
    json.writeStringProperty(Name.EVENT_VERSION, VERSION);
    record
        .service()
        .ifPresent(service -> {
          json.writeName(Name.USER_IDENTITY).writeStartObject();
          // The model has no other names for the wire; the guide's camelCase is Lambda's.
          json.writeStringProperty(Name.PRINCIPAL_ID, service);
          json.writeStringProperty(Name.TYPE, "Service");
          json.writeEndObject();
        });
  }

  private static void change(JsonOutput json, GetRecords.StreamRecord record) {
    json.writeName(Name.APPROXIMATE_CREATION_DATE_TIME)
        .writeNumber(record.created().getEpochSecond());
    AttributeWriter.item(json, Name.KEYS, record.key());
    record.after().ifPresent(item -> AttributeWriter.item(json, Name.NEW_IMAGE, item));
    record.before().ifPresent(item -> AttributeWriter.item(json, Name.OLD_IMAGE, item));
    json.writeStringProperty(Name.SEQUENCE_NUMBER, record.sequenceNumber());
    json.writeName(Name.SIZE_BYTES).writeNumber(record.sizeBytes());
    json.writeStringProperty(Name.STREAM_VIEW_TYPE, record.viewType().name());
  }

  /** The names of members. */
  private static final class Name {
    static final JsonName RECORDS = JsonName.of("Records");
    static final JsonName NEXT_SHARD_ITERATOR = JsonName.of("NextShardIterator");
    static final JsonName AWS_REGION = JsonName.of("awsRegion");
    static final JsonName DYNAMODB = JsonName.of("dynamodb");
    static final JsonName EVENT_ID = JsonName.of("eventID");
    static final JsonName EVENT_NAME = JsonName.of("eventName");
    static final JsonName EVENT_SOURCE = JsonName.of("eventSource");
    static final JsonName EVENT_VERSION = JsonName.of("eventVersion");
    static final JsonName USER_IDENTITY = JsonName.of("userIdentity");
    static final JsonName PRINCIPAL_ID = JsonName.of("PrincipalId");
    static final JsonName TYPE = JsonName.of("Type");
    static final JsonName SEQUENCE_NUMBER = JsonName.of("SequenceNumber");
    static final JsonName STREAM_VIEW_TYPE = JsonName.of("StreamViewType");
    static final JsonName APPROXIMATE_CREATION_DATE_TIME =
        JsonName.of("ApproximateCreationDateTime");
    static final JsonName SIZE_BYTES = JsonName.of("SizeBytes");
    static final JsonName KEYS = JsonName.of("Keys");
    static final JsonName NEW_IMAGE = JsonName.of("NewImage");
    static final JsonName OLD_IMAGE = JsonName.of("OldImage");

    private Name() {}
  }
}
