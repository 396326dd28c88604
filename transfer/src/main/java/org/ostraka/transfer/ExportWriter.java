package org.ostraka.transfer;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.ostraka.engine.backup.ArchivedTable;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.transfer.ExportSelection;
import org.ostraka.model.Bytes;
import org.ostraka.model.ExportView;
import org.ostraka.model.Item;
import org.ostraka.model.ItemFormat;
import org.ostraka.transfer.format.ItemLines;
import org.ostraka.transfer.ion.IonItemLines;
import org.ostraka.transfer.wire.JsonItemLines;

/** Makes a compressed file of exported items. One thread. */
final class ExportWriter {
  private static final int BUFFER_BYTES = 64 << 10;

  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final OutputStream out;
  private final ItemLines lines;
  private final Optional<ExportSelection> selection;
  private long items;
  private long sizeBytes;

  /**
   * Begins a file.
   *
   * @param selection which items and attributes it has; absent for all
   */
  ExportWriter(ItemFormat format, Optional<ExportSelection> selection) {
    this.selection = selection;
    try {
      this.out = new BufferedOutputStream(new Gzip(compressed), BUFFER_BYTES);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    this.lines =
        switch (format) {
          case DYNAMODB_JSON -> new JsonItemLines(out);
          case ION -> new IonItemLines(out);
          case CSV -> throw new IllegalArgumentException("tables are not exported as CSV");
        };
  }

  /** Exports are read more often than the disk is short: the fastest level. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Adds an item if it is selected; its size counts if it has to be read for that. */
  void item(Bytes stored) {
    if (selection.isPresent()) {
      item(stored, selection.get());
      return;
    }
    write(() -> lines.item(ItemEncoding.ofStored(stored)));
    items++;
    sizeBytes += ItemEncoding.sizeBytes(stored);
  }

  private void item(Bytes stored, ExportSelection selected) {
    Item item = ItemEncoding.decode(stored);
    if (!selected.reads(item)) {
      return;
    }
    sizeBytes += ItemEncoding.sizeBytes(stored);
    if (selected.selects(item)) {
      write(() -> lines.item(selected.attributes(item)));
      items++;
    }
  }

  /** Adds what became of an item, if it is selected. */
  void change(ArchivedTable.NetChange change, ExportView view) {
    if (selection.isPresent()) {
      change(change, view, selection.get());
      return;
    }
    write(() -> lines.change(change, view));
    items++;
    addSize(change);
  }

  private void change(ArchivedTable.NetChange change, ExportView view, ExportSelection selected) {
    Optional<Item> judged = ExportSelection.judged(change).filter(selected::reads);
    if (judged.isEmpty()) {
      return;
    }
    addSize(change);
    if (selected.selects(judged.get())) {
      write(() -> lines.change(selected.attributes(change), view));
      items++;
    }
  }

  private void addSize(ArchivedTable.NetChange change) {
    sizeBytes += change.before().map(ItemEncoding::sizeBytes).orElse(0);
    sizeBytes += change.after().map(ItemEncoding::sizeBytes).orElse(0);
  }

  /** Returns about how many bytes the file has by now. */
  long compressedBytes() {
    return compressed.size();
  }

  long items() {
    return items;
  }

  /** Returns the size of the items by the service's formula. */
  long sizeBytes() {
    return sizeBytes;
  }

  /** Returns the file. Nothing can be added after that. */
  Bytes finish() {
    write(() -> {
      lines.flush();
      out.close();
    });
    return Bytes.wrap(compressed.toByteArray());
  }

  /** Something that writes to memory, which does not fail. */
  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
