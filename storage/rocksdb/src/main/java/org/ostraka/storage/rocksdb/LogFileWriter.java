package org.ostraka.storage.rocksdb;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a new file of records as {@link LogWalk} reads them. One thread. */
final class LogFileWriter implements AutoCloseable {
  private final OutputStream out;
  private int blockBytes;

  private LogFileWriter(OutputStream out) {
    this.out = out;
  }

  static LogFileWriter create(Path path) throws IOException {
    return new LogFileWriter(
        new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)));
  }

  /** Adds a record, in as many fragments as the blocks ask for. */
  void add(byte[] content) throws IOException {
    int from = 0;
    boolean begins = true;
    boolean ends = false;
    while (!ends) {
      leaveBlockWithoutHead();
      int room = LogWalk.BLOCK_BYTES - blockBytes - LogWalk.HEAD_BYTES;
      int length = Math.min(room, content.length - from);
      ends = from + length == content.length;
      fragment(type(begins, ends), content, from, length);
      from += length;
      begins = false;
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static FragmentType type(boolean begins, boolean ends) {
    if (begins) {
      return ends ? FragmentType.FULL : FragmentType.FIRST;
    }
    return ends ? FragmentType.LAST : FragmentType.MIDDLE;
  }

  private void leaveBlockWithoutHead() throws IOException {
    int left = LogWalk.BLOCK_BYTES - blockBytes;
    if (left < LogWalk.HEAD_BYTES) {
      out.write(new byte[left]);
      blockBytes = 0;
    }
  }

  private void fragment(FragmentType type, byte[] content, int from, int length)
      throws IOException {
    ByteBuffer fragment =
        ByteBuffer.allocate(LogWalk.HEAD_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
    fragment.position(LogWalk.HEAD_BYTES - 1);
    fragment.put((byte) type.number()).put(content, from, length);
    int checksum = LogWalk.checksum(fragment.array(), LogWalk.HEAD_BYTES - 1, 1 + length);
    fragment.putInt(0, checksum).putShort(Integer.BYTES, (short) length);
    out.write(fragment.array());
    blockBytes = (blockBytes + fragment.capacity()) % LogWalk.BLOCK_BYTES;
  }
}
