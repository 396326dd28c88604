package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Tells what a crash leaves of a record that was being written from damage to one that had been
 * written. One thread.
 *
 * <p>A record is written after all before it are durable, and what is written reaches the disk by
 * sectors, in any order, or not at all. A crash may therefore leave the file too short for the
 * record, or zeros in place of any of its sectors; it cannot change bytes otherwise, and there is
 * no other record behind.
 */
final class TornTail {
  /** What a disk writes whole; every larger unit is a multiple of it. */
  private static final int SECTOR_BYTES = 512;

  private final FileChannel file;
  private final long fileBytes;
  private final byte[] block = new byte[LogWalk.BLOCK_BYTES];

  TornTail(FileChannel file, long fileBytes) {
    this.file = file;
    this.fileBytes = fileBytes;
  }

  /**
   * Whether a crash may have left the fragment so that begins here, the first that is not sound.
   */
  boolean mayBegin(long badAt) throws IOException {
    if (badAt >= fileBytes) {
      return true;
    }
    long blockStart = badAt - badAt % LogWalk.BLOCK_BYTES;
    int limit = LogWalk.read(file, blockStart, block);
    int start = (int) (badAt - blockStart);
    if (!bearsMarkOfCrash(start, limit) || recordBeginsBehind(start, limit)) {
      return false;
    }
    return !recordBeginsInBlocksFrom(blockStart + LogWalk.BLOCK_BYTES);
  }

  private boolean bearsMarkOfCrash(int start, int limit) {
    Fragment fragment = Fragment.at(block, start, limit);
    if (limit - start < LogWalk.HEAD_BYTES) {
      return limit < LogWalk.BLOCK_BYTES;
    }
    if (fragment.isCutOff()) {
      // Where all bytes are there, only the length is wrong: nothing was cut off.
      return !fragment.hasChecksumWith(limit - fragment.contentStart());
    }
    int end = Math.min(Math.max(fragment.end(), start + SECTOR_BYTES), limit);
    return hasSectorOfZeros(start, end);
  }

  /** Whether some sector has nothing but zeros where it overlaps with these bytes. */
  private boolean hasSectorOfZeros(int start, int end) {
    int from = start;
    while (from < end) {
      int to = Math.min(end, from - from % SECTOR_BYTES + SECTOR_BYTES);
      if (Fragment.isZero(block, from, to)) {
        return true;
      }
      from = to;
    }
    return false;
  }

  /** Whether the rest of the block, at any place, has a sound fragment that begins a record. */
  private boolean recordBeginsBehind(int badAt, int limit) {
    for (int at = badAt + 1; at + LogWalk.HEAD_BYTES <= limit; at++) {
      if (begins(at, limit)) {
        return true;
      }
    }
    return false;
  }

  private boolean recordBeginsInBlocksFrom(long from) throws IOException {
    for (long start = from; start < fileBytes; start += LogWalk.BLOCK_BYTES) {
      int limit = LogWalk.read(file, start, block);
      int at = 0;
      Fragment fragment = Fragment.at(block, at, limit);
      while (fragment.isSound()) {
        if (begins(at, limit)) {
          return true;
        }
        at = fragment.end();
        fragment = Fragment.at(block, at, limit);
      }
    }
    return false;
  }

  private boolean begins(int at, int limit) {
    Fragment fragment = Fragment.at(block, at, limit);
    return FragmentType.of(fragment.type()).filter(FragmentType::beginsRecord).isPresent()
        && fragment.isSound();
  }
}
