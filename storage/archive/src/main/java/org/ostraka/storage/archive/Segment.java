package org.ostraka.storage.archive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;

/**
 * The records of a segment, in their order: see {@link SegmentWriter}. Immutable.
 *
 * @param name the object's name
 */
public record Segment(String name, List<Bytes> records) {
  public Segment {
    records = List.copyOf(records);
  }

  /**
   * Reads a segment of an archive and verifies all of it.
   *
   * @throws CorruptDataException when it is missing, or not as it was written; the message has the
   *     object's name
   */
  public static Segment read(Archive archive, String name) {
    Bytes content =
        archive
            .read(name)
            .orElseThrow(
                () -> new CorruptDataException("object " + name + " of the archive is missing"));
    return of(name, content);
  }

  /** Reads a segment from its bytes; see {@link #read}. */
  public static Segment of(String name, Bytes content) {
    return new Segment(name, new Reading(name, content).records());
  }

  /** The reading of one segment. One thread. */
  private static final class Reading {
    private final String name;
    private final byte[] nameBytes;
    private final ByteBuffer in;
    private final List<Bytes> records = new ArrayList<>();
    private int blocks;

    Reading(String name, Bytes content) {
      this.name = name;
      this.nameBytes = name.getBytes(StandardCharsets.UTF_8);
      this.in = ByteBuffer.wrap(content.array());
    }

    List<Bytes> records() {
      byte[] head = take(SegmentWriter.HEAD.length);
      if (!Arrays.equals(head, SegmentWriter.HEAD)) {
        throw damaged("it does not begin like a segment");
      }
      requireChecksum(0, head, takeInt());
      int length = takeInt();
      while (length != 0) {
        int checksum = takeInt();
        byte[] content = take(length);
        blocks++;
        requireChecksum(blocks, content, checksum);
        split(content);
        length = takeInt();
      }
      foot();
      return records;
    }

    private void foot() {
      in.position(in.position() - Integer.BYTES);
      byte[] counts = take(SegmentWriter.FOOT_BYTES - Integer.BYTES);
      requireChecksum(SegmentWriter.FOOT_BLOCK, counts, takeInt());
      ByteBuffer read = ByteBuffer.wrap(counts).position(Integer.BYTES);
      if (read.getLong() != records.size() || read.getInt() != blocks) {
        throw damaged("it lacks records");
      }
      if (in.hasRemaining()) {
        throw damaged("it goes on after its end");
      }
    }

    private void split(byte[] content) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        int length = rest.remaining() < Integer.BYTES ? -1 : rest.getInt();
        if (length < 0 || length > rest.remaining()) {
          throw damaged("a record does not fit in block " + blocks);
        }
        byte[] record = new byte[length];
        rest.get(record);
        records.add(Bytes.wrap(record));
      }
    }

    private void requireChecksum(int block, byte[] content, int checksum) {
      if (SegmentWriter.checksum(nameBytes, block, content) != checksum) {
        throw damaged("the checksum of its block " + block + " is wrong");
      }
    }

    private int takeInt() {
      return ByteBuffer.wrap(take(Integer.BYTES)).getInt();
    }

    private byte[] take(int length) {
      if (length < 0 || length > in.remaining()) {
        throw damaged("it ends too early");
      }
      byte[] taken = new byte[length];
      in.get(taken);
      return taken;
    }

    private CorruptDataException damaged(String how) {
      return new CorruptDataException("object " + name + " of the archive is damaged: " + how);
    }
  }
}
