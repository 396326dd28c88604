package org.ostraka.cli.copy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a state file for one copy at a time: each of two would write items that the other one has
 * written in a newer version. The lock is on an empty file beside the state file, which is replaced
 * when it is written. It ends with its process, also by {@code kill -9}. One thread.
 */
final class StateLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private StateLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a state file.
   *
   * @throws CopyException when another copy has it, or the file cannot be written
   */
  static StateLock take(Path state) {
    Path file = state.resolveSibling(state.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        return new StateLock(file, channel);
      }
      channel.close();
    } catch (IOException failed) {
      throw failed("written", file, failed);
    }
    throw new CopyException(state + " is in use by another copy");
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      // Another copy of this process has it.
      return false;
    }
  }

  /** Deletes the file at the end of a copy that leaves no state. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw failed("deleted", file, failed);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw failed("closed", file, failed);
    }
  }

  private static CopyException failed(String what, Path file, IOException failure) {
    return new CopyException(file + " cannot be " + what + ": " + failure.getMessage(), failure);
  }
}
