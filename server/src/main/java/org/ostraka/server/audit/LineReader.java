package org.ostraka.server.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a file as bytes, since their hashes are those of bytes. One thread. */
final class LineReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private boolean lastWasWhole = true;
  private long wholeBytes;

  LineReader(Path file) throws IOException {
    in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
  }

  /** Returns the next line without its line break; null at the end. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    int b = in.read();
    if (b < 0) {
      return null;
    }
    while (b >= 0 && b != '\n') {
      line.write(b);
      b = in.read();
    }
    lastWasWhole = b == '\n';
    if (lastWasWhole) {
      wholeBytes += line.size() + 1;
    }
    return line.toByteArray();
  }

  /** Returns whether the line that was read last ended with a line break. */
  boolean lastWasWhole() {
    return lastWasWhole;
  }

  /** Returns the size of the whole lines that were read. */
  long wholeBytes() {
    return wholeBytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
