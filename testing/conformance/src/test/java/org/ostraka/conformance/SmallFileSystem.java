package org.ostraka.conformance;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small file system in memory, mounted until it is closed. One thread uses it. */
final class SmallFileSystem implements AutoCloseable {

  private static final String SIZE = "size=192m";
  private static final int BLOCK_BYTES = 4096;

  private final Path path;

  private SmallFileSystem(Path path) {
    this.path = path;
  }

  /** Mounts the file system; skips the test where mounting is not allowed. */
  static SmallFileSystem mountAt(Path path) throws IOException, InterruptedException {
    Files.createDirectory(path);
    try {
      Commands.run(Map.of(), List.of("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", path.toString()));
    } catch (IOException | AssertionError e) {
      abort("skipped: no file system can be mounted here: " + e.getMessage());
    }
    return new SmallFileSystem(path);
  }

  Path path() {
    return path;
  }

  /** Fills the file system to the last block. */
  void fill() throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    try (OutputStream ballast = Files.newOutputStream(ballast())) {
      while (true) {
        ballast.write(block);
      }
    } catch (IOException e) {
      if (Files.getFileStore(path).getUsableSpace() > 0) {
        throw e;
      }
    }
  }

  long freeBytes() {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void makeRoom() throws IOException {
    Files.delete(ballast());
  }

  @Override
  public void close() throws IOException {
    try {
      Commands.run(Map.of(), List.of("umount", path.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted before " + path + " was unmounted", e);
    }
  }

  private Path ballast() {
    return path.resolve("ballast");
  }
}
