package org.ostraka.transfer.format;

import java.io.IOException;
import org.ostraka.engine.backup.ArchivedTable;
import org.ostraka.model.ExportView;
import org.ostraka.model.Item;

/** Writes exported items into a file, each as a line. One thread. */
public interface ItemLines {
  /** Writes an item of a whole table. */
  void item(Item item) throws IOException;

  /** Writes what became of an item. */
  void change(ArchivedTable.NetChange change, ExportView view) throws IOException;

  /** Writes what is still in memory; the file remains open. */
  void flush() throws IOException;
}
