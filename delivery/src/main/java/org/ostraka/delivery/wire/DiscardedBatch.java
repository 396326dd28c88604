package org.ostraka.delivery.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;

/**
 * A batch that was given up, as Lambda tells an on-failure destination: "Configuring a destination
 * for discarded records" in the AWS Lambda Developer Guide. Immutable.
 *
 * @param timestamp when it was given up
 * @param invocations how often the function was called with these records
 * @param status the status of the last answer; empty when there was none
 * @param first the first record
 * @param last the last record
 * @param size the number of records
 * @param event the event with all of the records, as Lambda writes it to a bucket
 */
public record DiscardedBatch(
    Instant timestamp,
    String requestId,
    String functionArn,
    Condition condition,
    int invocations,
    OptionalInt status,
    String shardId,
    String streamArn,
    Edge first,
    Edge last,
    int size,
    byte[] event) {

  /** Why a batch is given up. */
  public enum Condition {
    RETRY_ATTEMPTS_EXHAUSTED("RetryAttemptsExhausted"),
    RECORD_AGE_EXCEEDED("RecordAgeExceeded");

    private final String text;

    Condition(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** The first or the last record. Immutable. */
  public record Edge(String sequenceNumber, Instant arrival) {}

  /** Returns the batch as one line of JSON, with its line feed. */
  public byte[] line() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = EventWriter.generator(bytes)) {
      json.writeStartObject();
      request(json);
      status.ifPresent(code -> response(json, code));
      json.writeStringProperty("version", "1.0");
      json.writeStringProperty("timestamp", timestamp.truncatedTo(ChronoUnit.MILLIS).toString());
      place(json);
      json.writeStringProperty("payload", new String(event, StandardCharsets.UTF_8));
      json.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private void request(JsonGenerator json) {
    json.writeName("requestContext").writeStartObject();
    json.writeStringProperty("requestId", requestId);
    json.writeStringProperty("functionArn", functionArn);
    json.writeStringProperty("condition", condition.toString());
    json.writeNumberProperty("approximateInvokeCount", invocations);
    json.writeEndObject();
  }

  private static void response(JsonGenerator json, int code) {
    json.writeName("responseContext").writeStartObject();
    json.writeNumberProperty("statusCode", code);
    json.writeStringProperty("executedVersion", "$LATEST");
    json.writeStringProperty("functionError", "Unhandled");
    json.writeEndObject();
  }

  private void place(JsonGenerator json) {
    json.writeName("DDBStreamBatchInfo").writeStartObject();
    json.writeStringProperty("shardId", shardId);
    json.writeStringProperty("startSequenceNumber", first.sequenceNumber());
    json.writeStringProperty("endSequenceNumber", last.sequenceNumber());
    json.writeStringProperty("approximateArrivalOfFirstRecord", seconds(first.arrival()));
    json.writeStringProperty("approximateArrivalOfLastRecord", seconds(last.arrival()));
    json.writeNumberProperty("batchSize", size);
    json.writeStringProperty("streamArn", streamArn);
    json.writeEndObject();
  }

  private static String seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
