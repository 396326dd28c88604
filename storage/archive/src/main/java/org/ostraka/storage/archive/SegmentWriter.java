package org.ostraka.storage.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.ostraka.model.Bytes;

/**
 * Makes a segment: an object that has records in a row. Part of the format on disk. One thread.
 *
 * <pre>
 * head    OSTRSEG1, then a checksum
 * block   length of the content (4 bytes, not zero), checksum (4), content
 *         content: records, each with its length (4 bytes) before it
 * foot    zero (4 bytes), number of records (8), number of blocks (4), checksum (4)
 * </pre>
 *
 * <p>A checksum is a CRC-32C over the object's name, the number of the block (0 for the head, -1
 * for the foot), and what it protects, lengths included. So a block that is in another place or
 * another object than it was written to is found as well.
 */
public final class SegmentWriter {
  static final byte[] HEAD = "OSTRSEG1".getBytes(StandardCharsets.US_ASCII);
  static final int FOOT_BLOCK = -1;
  static final int FOOT_BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES;

  /** The content of a block after which another one begins. */
  private static final int BLOCK_BYTES = 64 << 10;

  private final String objectName;
  private final byte[] name;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private long records;
  private int blocks;

  /**
   * Begins a segment.
   *
   * @param name the name that the object will have
   */
  public SegmentWriter(String name) {
    this.objectName = name;
    this.name = name.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(HEAD);
    writeInt(out, checksum(this.name, 0, HEAD));
  }

  /** Adds a record. */
  public void add(byte[] record) {
    writeInt(block, record.length);
    block.writeBytes(record);
    records++;
    if (block.size() >= BLOCK_BYTES) {
      endBlock();
    }
  }

  /** Returns the name that the object will have. */
  public String name() {
    return objectName;
  }

  public long records() {
    return records;
  }

  /** Returns the bytes so far. */
  public long sizeBytes() {
    return (long) out.size() + block.size();
  }

  /** Returns the segment as an object's content. Nothing can be added after that. */
  public Bytes finish() {
    endBlock();
    byte[] counts =
        ByteBuffer.allocate(FOOT_BYTES - Integer.BYTES)
            .putInt(0)
            .putLong(records)
            .putInt(blocks)
            .array();
    out.writeBytes(counts);
    writeInt(out, checksum(name, FOOT_BLOCK, counts));
    return Bytes.wrap(out.toByteArray());
  }

  private void endBlock() {
    if (block.size() == 0) {
      return;
    }
    byte[] content = block.toByteArray();
    block.reset();
    blocks++;
    writeInt(out, content.length);
    writeInt(out, checksum(name, blocks, content));
    out.writeBytes(content);
  }

  private static void writeInt(ByteArrayOutputStream out, int value) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  static int checksum(byte[] name, int block, byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(Integer.BYTES * 3)
            .putInt(name.length)
            .putInt(block)
            .putInt(content.length)
            .array());
    crc.update(name);
    crc.update(content);
    return (int) crc.getValue();
  }
}
