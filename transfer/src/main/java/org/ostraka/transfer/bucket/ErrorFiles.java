package org.ostraka.transfer.bucket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.ostraka.model.Bytes;
import org.ostraka.storage.StorageFailedException;

/**
 * Writes the errors of imports into files: {@code aws-dynamodb/imports/<id>/error-<number>.json}
 * for the log group {@code /aws-dynamodb/imports} and the stream {@code <id>/error}. Its
 * directories are for their owner alone. Any thread.
 */
public final class ErrorFiles {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path root;

  public ErrorFiles(Path root) {
    this.root = root;
  }

  /** Writes lines; replaces what was written with the same number. */
  public void write(String importId, long first, Bytes lines) {
    Path directory = root.resolve("aws-dynamodb").resolve("imports").resolve(importId);
    try {
      Files.createDirectories(directory, OWNER_ONLY);
      Files.write(directory.resolve(String.format("error-%012d.json", first)), lines.array());
    } catch (IOException failure) {
      throw new StorageFailedException(
          "the errors of an import cannot be written: " + failure.getMessage(), failure);
    }
  }
}
