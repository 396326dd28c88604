package org.ostraka.storage.rocksdb;

import java.nio.file.Path;

/** A process that opens a data directory, and with it converts it; to be killed meanwhile. */
final class ConversionProcess {
  private ConversionProcess() {}

  public static void main(String[] arguments) throws DataDirectoryException {
    TestVolumes.open(Path.of(arguments[0])).close();
  }
}
