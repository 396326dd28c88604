package org.ostraka.delivery.trigger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of the batches that were given up, one line of JSON for each. Any thread.
 *
 * <p>A line that a crash has cut off is removed before the next one is written: its batch is not
 * noted as delivered, so it comes again.
 */
final class DeadLetters {
  private final Path file;
  private boolean isInspected;

  DeadLetters(Path file) {
    this.file = file;
  }

  /** Appends a line and syncs it to the disk. */
  synchronized void append(byte[] line) throws IOException {
    boolean isNew = !Files.exists(file);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = isInspected ? channel.size() : endOfLastLine(channel);
      // Until the line is whole on the disk, the file may end in the middle of it.
      isInspected = false;
      channel.truncate(end);
      ByteBuffer bytes = ByteBuffer.wrap(line);
      channel.position(end);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      isInspected = true;
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
