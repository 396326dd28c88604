package org.ostraka.transfer.format;

import java.io.IOException;
import java.util.Optional;

/** Reads the items of a file, one after another. One thread. */
public interface ItemReader {
  /**
   * Returns the next record; empty at the end.
   *
   * @throws IOException when the file cannot be read or decompressed
   */
  Optional<ImportedRecord> next() throws IOException;
}
