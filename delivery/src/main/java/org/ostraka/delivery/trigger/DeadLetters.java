package org.ostraka.delivery.trigger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of the batches that were given up, one line of JSON for each. Any thread. It is locked for
 * each line: servers with the same configuration may write to one file.
 *
 * <p>A line that a crash has cut off is removed before the next one is written: its batch is not
 * noted as delivered, so it comes again.
 */
final class DeadLetters {
  // A file lock is held by the whole JVM, so it does not keep threads apart (see FileLock); on
  // POSIX it ends when the process closes any channel of the file.
  private static final Object ONE_IN_THIS_PROCESS = new Object();

  private final Path file;

  DeadLetters(Path file) {
    this.file = file;
  }

  /** Appends a line and syncs it to the disk. */
  void append(byte[] line) throws IOException {
    synchronized (ONE_IN_THIS_PROCESS) {
      appendAlone(line);
    }
  }

  private void appendAlone(byte[] line) throws IOException {
    boolean isNew = !Files.exists(file);
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      long end = endOfLastLine(channel);
      channel.truncate(end);
      ByteBuffer bytes = ByteBuffer.wrap(line);
      channel.position(end);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    if (isNew) {
      syncDirectory();
    }
  }

  private static long endOfLastLine(FileChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    long end = channel.size();
    while (end > 0) {
      one.clear();
      channel.read(one, end - 1);
      if (one.get(0) == '\n') {
        return end;
      }
      end--;
    }
    return 0;
  }

  private void syncDirectory() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
