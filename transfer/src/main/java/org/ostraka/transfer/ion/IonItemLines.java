package org.ostraka.transfer.ion;

import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonTextWriterBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.ostraka.engine.backup.ArchivedTable;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.ExportView;
import org.ostraka.model.Item;
import org.ostraka.transfer.format.ItemLines;

/**
 * Writes exported items as Ion text, in the form of "DynamoDB table export output format". One
 * thread.
 */
public final class IonItemLines implements ItemLines {
  private static final byte[] VERSION = "$ion_1_0 ".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final IonWriter ion;
  private final IonValues values;

  public IonItemLines(OutputStream out) {
    this.out = out;
    this.ion = IonTextWriterBuilder.standard().build(new Unclosed(out));
    this.values = new IonValues(ion);
  }

  @Override
  public void item(Item item) throws IOException {
    begin();
    image("Item", item);
    end();
  }

  @Override
  public void change(ArchivedTable.NetChange change, ExportView view) throws IOException {
    begin();
    ion.setFieldName("Metadata");
    ion.stepIn(IonType.STRUCT);
    ion.setFieldName("WriteTimestampMicros");
    long millis = change.last().moment().toEpochMilli();
    ion.writeDecimal(BigDecimal.valueOf(TimeUnit.MILLISECONDS.toMicros(millis)));
    ion.stepOut();
    image("Keys", change.key());
    if (view == ExportView.NEW_AND_OLD_IMAGES && change.before().isPresent()) {
      image("OldImage", change.before().get());
    }
    if (change.after().isPresent()) {
      image("NewImage", change.after().get());
    }
    end();
  }

  private void image(String name, Bytes stored) throws IOException {
    image(name, ItemEncoding.ofStored(stored));
  }

  private void image(String name, Item item) throws IOException {
    ion.setFieldName(name);
    ion.stepIn(IonType.STRUCT);
    item.writeTo(values);
    ion.stepOut();
  }

  private void begin() throws IOException {
    out.write(VERSION);
    ion.stepIn(IonType.STRUCT);
  }

  private void end() throws IOException {
    ion.stepOut();
    ion.flush();
    out.write('\n');
  }

  @Override
  public void flush() throws IOException {
    ion.flush();
  }

  /** A stream that the Ion library does not flush. */
  private static final class Unclosed extends java.io.FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() {
      // The file is flushed as a whole.
    }
  }
}
