package org.ostraka.storage.rocksdb;

import java.nio.file.Path;

/** Another process that opens a data directory, says what came of it, and holds it until told. */
final class DirectoryHolder {
  private DirectoryHolder() {}

  @SuppressWarnings("SystemOut") // Its output is how it talks to the test.
  public static void main(String[] arguments) throws Exception {
    try (DataDirectory _ = DataDirectory.open(Path.of(arguments[0]))) {
      System.out.println("held");
      var _ = System.in.read();
    } catch (DataDirectoryException refused) {
      System.out.println(refused.getMessage());
    }
  }
}
