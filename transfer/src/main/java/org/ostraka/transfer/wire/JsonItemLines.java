package org.ostraka.transfer.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.ostraka.engine.backup.ArchivedTable;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.ExportView;
import org.ostraka.model.Item;
import org.ostraka.transfer.format.ItemLines;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes exported items as DynamoDB JSON ("DynamoDB table export output format"). One thread. */
public final class JsonItemLines implements ItemLines {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .rootValueSeparator("")
          .build();

  private final JsonGenerator json;
  private final JsonValues values;

  public JsonItemLines(OutputStream out) {
    this.json = FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    this.values = new JsonValues(json);
  }

  @Override
  public void item(Item item) {
    json.writeStartObject();
    image("Item", item);
    end();
  }

  @Override
  public void change(ArchivedTable.NetChange change, ExportView view) {
    json.writeStartObject();
    json.writeName("Metadata").writeStartObject();
    json.writeName("WriteTimestampMicros").writeStartObject();
    json.writeStringProperty("N", Long.toString(micros(change.last().moment())));
    json.writeEndObject();
    json.writeEndObject();
    image("Keys", change.key());
    if (view == ExportView.NEW_AND_OLD_IMAGES) {
      change.before().ifPresent(before -> image("OldImage", before));
    }
    change.after().ifPresent(after -> image("NewImage", after));
    end();
  }

  private static long micros(Instant moment) {
    return TimeUnit.MILLISECONDS.toMicros(moment.toEpochMilli());
  }

  private void image(String name, Bytes stored) {
    image(name, ItemEncoding.ofStored(stored));
  }

  private void image(String name, Item item) {
    json.writeName(name).writeStartObject();
    item.writeTo(values);
    json.writeEndObject();
  }

  private void end() {
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void flush() throws IOException {
    json.flush();
  }
}
