package org.ostraka.delivery.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Requests and answers of the Kinesis API, version 1.1 of its JSON. Stateless.
 *
 * <p>Source: PutRecords and DescribeStreamSummary in the Kinesis Data Streams API Reference.
 */
public final class KinesisJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String UNREADABLE = "the answer is not JSON";

  private KinesisJson() {}

  /** A record to be written. */
  public record Entry(String partitionKey, byte[] data) {
    /** Returns the bytes that count for the limits of a request. */
    public long sizeBytes() {
      return (long) data.length + partitionKey.length();
    }
  }

  /** Returns the body of DescribeStreamSummary. */
  public static byte[] describe(String stream) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject().writeStringProperty("StreamName", stream).writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Returns the body of PutRecords. */
  public static byte[] put(String stream, List<Entry> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject()
          .writeStringProperty("StreamName", stream)
          .writeArrayPropertyStart("Records");
      for (Entry entry : entries) {
        json.writeStartObject()
            .writeStringProperty("PartitionKey", entry.partitionKey())
            .writeBinaryProperty("Data", entry.data())
            .writeEndObject();
      }
      json.writeEndArray().writeEndObject();
    }
    return bytes.toByteArray();
  }

  /**
   * Returns the state in the answer to DescribeStreamSummary; empty when the answer has none.
   *
   * @throws IOException when the answer is not JSON
   */
  public static Optional<String> status(byte[] answer) throws IOException {
    return find(answer, "StreamStatus");
  }

  /**
   * Returns the name of the error in an answer; empty when it has none.
   *
   * @throws IOException when the answer is not JSON
   */
  public static Optional<String> errorName(byte[] answer) throws IOException {
    return find(answer, "__type").map(type -> type.substring(type.indexOf('#') + 1));
  }

  private static Optional<String> find(byte[] answer, String name) throws IOException {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), answer)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME && json.currentName().equals(name)) {
          return Optional.ofNullable(json.nextStringValue());
        }
      }
      return Optional.empty();
    } catch (JacksonException broken) {
      throw new IOException(UNREADABLE, broken);
    }
  }

  /**
   * Returns why each record of a PutRecords was not written; empty when it was.
   *
   * @throws IOException when the answer is not JSON
   */
  public static List<Optional<String>> failures(byte[] answer) throws IOException {
    List<Optional<String>> failures = new ArrayList<>();
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), answer)) {
      int depth = 0;
      Optional<String> failure = Optional.empty();
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        switch (token) {
          case START_OBJECT -> {
            depth++;
            failure = Optional.empty();
          }
          case END_OBJECT -> {
            if (depth == 2) {
              failures.add(failure);
            }
            depth--;
          }
          case PROPERTY_NAME -> {
            if (json.currentName().equals("ErrorCode")) {
              failure = Optional.ofNullable(json.nextStringValue());
            }
          }
          default -> {}
        }
      }
    } catch (JacksonException broken) {
      throw new IOException(UNREADABLE, broken);
    }
    return failures;
  }
}
