package org.ostraka.server.wire;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.Limits;
import org.ostraka.model.StreamingDestination;
import org.ostraka.model.TableName;
import org.ostraka.model.TimePrecision;

/** The common parts of the operations on Kinesis data streams of tables. Stateless. */
final class DestinationRequests {
  static final String ENABLE_SETTINGS = "EnableKinesisStreamingConfiguration";
  static final String UPDATE_SETTINGS = "UpdateKinesisStreamingConfiguration";
  private static final String PRECISION = "ApproximateCreationDateTimePrecision";

  /** The stream of a request to enable or update. */
  static final Shape.Member STREAM_ARN =
      Shape.Member.required(
          "StreamArn",
          new Shape.Text(
              TextRule.atLeast(Limits.STREAM_ARN_MIN_CHARS),
              TextRule.atMost(Limits.STREAM_ARN_MAX_CHARS)));

  /** The stream of a request to disable, which may be shorter than an ARN. */
  static final Shape.Member KNOWN_STREAM_ARN =
      Shape.Member.required(
          "StreamArn", new Shape.Text(TextRule.atMost(Limits.STREAM_ARN_MAX_CHARS)));

  private DestinationRequests() {}

  /** Returns the shape of settings with this name. */
  static Shape.Member settings(String name) {
    return Shape.Member.optional(
        name,
        new Shape.Structure(
            name,
            Shape.Member.optional(
                PRECISION, new Shape.Text(TextRule.oneOf("MILLISECOND", "MICROSECOND")))));
  }

  /** Returns the precision of the settings with this name, or null. */
  static @Nullable TimePrecision precision(Members request, String name) {
    Members settings = request.structure(name);
    return settings == null ? null : settings.word(PRECISION, TimePrecision.class);
  }

  /** Writes the answer to a change: the destination, and its settings with this name. */
  static void writeChange(
      TableName table, StreamingDestination destination, String settings, JsonOutput json) {
    json.writeStringProperty("TableName", table.value());
    json.writeStringProperty("StreamArn", destination.streamArn());
    json.writeStringProperty("DestinationStatus", destination.status().name());
    json.writeName(settings).writeStartObject();
    writePrecision(destination, json);
    json.writeEndObject();
  }

  static void writeDestination(StreamingDestination destination, JsonOutput json) {
    json.writeStartObject();
    json.writeStringProperty("StreamArn", destination.streamArn());
    json.writeStringProperty("DestinationStatus", destination.status().name());
    destination
        .statusDescription()
        .ifPresent(text -> json.writeStringProperty("DestinationStatusDescription", text));
    writePrecision(destination, json);
    json.writeEndObject();
  }

  private static void writePrecision(StreamingDestination destination, JsonOutput json) {
    destination
        .precision()
        .ifPresent(precision -> json.writeStringProperty(PRECISION, precision.name()));
  }
}
