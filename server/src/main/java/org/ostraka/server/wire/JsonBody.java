package org.ostraka.server.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/** The JSON of an answer. One thread at a time. */
public sealed interface JsonBody {
  /** Returns the number of its bytes. */
  long length();

  /** Returns the CRC-32 of its bytes. */
  long crc32();

  /** Writes all bytes, in few pieces. */
  void writeTo(OutputStream out) throws IOException;

  /** Makes a body of these bytes. */
  static JsonBody of(byte[] bytes) {
    return new Whole(List.of(bytes), bytes.length);
  }

  /**
   * JSON in memory.
   *
   * @param pieces its bytes; only the last piece may be used in part
   */
  record Whole(List<byte[]> pieces, long length) implements JsonBody {
    @Override
    public long crc32() {
      CRC32 crc = new CRC32();
      long left = length;
      for (byte[] piece : pieces) {
        crc.update(piece, 0, (int) Math.min(left, piece.length));
        left -= piece.length;
      }
      return crc.getValue();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      long left = length;
      for (byte[] piece : pieces) {
        out.write(piece, 0, (int) Math.min(left, piece.length));
        left -= piece.length;
      }
    }
  }

  /**
   * JSON that is made again each time it is written, and so takes no memory.
   *
   * @param members writes the same members at each call
   */
  record Told(Consumer<JsonOutput> members, long length, long crc32) implements JsonBody {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      JsonStream.write(members, out);
    }
  }
}
