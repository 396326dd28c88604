package org.ostraka.transfer.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the lines of a file as bytes, without their ends. One thread. */
public final class Lines {
  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;

  public Lines(InputStream in) {
    this.in = in;
  }

  /** A line. */
  public sealed interface Line {
    /** A line that may have an item. */
    record Whole(byte[] bytes) implements Line {}

    /** A line that is longer than any item, and was not kept. */
    record TooLong() implements Line {}
  }

  /** Returns the next line; empty at the end. */
  public Optional<Line> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean any = false;
    boolean isTooLong = false;
    boolean isWhole = false;
    while (!isWhole && (from < to || fill())) {
      any = true;
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      isTooLong = isTooLong || line.size() + (end - from) > RecordLimits.BYTES;
      if (!isTooLong) {
        line.write(buffer, from, end - from);
      }
      isWhole = end < to;
      from = isWhole ? end + 1 : end;
    }
    if (!any) {
      return Optional.empty();
    }
    return Optional.of(isTooLong ? new Line.TooLong() : new Line.Whole(line.toByteArray()));
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }
}
