package org.ostraka.transfer.wire;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.ostraka.model.Bytes;
import org.ostraka.model.TransferArn;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the errors of an import ("Import format quotas and validation"). Stateless. */
public final class ErrorLines {
  private static final JsonFactory FACTORY = JsonFactory.builder().rootValueSeparator("").build();

  private ErrorLines() {}

  /**
   * An item that was refused. Immutable.
   *
   * @param index its place in the object, from 0 on
   */
  public record Line(String bucket, String key, long index, List<String> problems) {
    public Line {
      problems = List.copyOf(problems);
    }
  }

  public static Bytes of(TransferArn arn, List<Line> lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      for (Line line : lines) {
        json.writeStartObject();
        json.writeName("itemS3Pointer").writeStartObject();
        json.writeStringProperty("bucket", line.bucket());
        json.writeStringProperty("key", line.key());
        json.writeNumberProperty("itemIndex", line.index());
        json.writeEndObject();
        json.writeStringProperty("importArn", arn.toString());
        json.writeName("errorMessages").writeStartArray();
        line.problems().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
      }
    }
    return Bytes.wrap(out.toByteArray());
  }
}
