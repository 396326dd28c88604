package org.ostraka.storage.rocksdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A fragment of a record, as its head describes it; see {@link LogWalk}. Immutable.
 *
 * @param block the bytes that it lies in
 * @param start where its head begins
 * @param limit where the bytes of the block end that the file has
 * @param length of its content
 */
record Fragment(byte[] block, int start, int limit, int checksum, int length, int type) {

  /** The fragment that begins at a place of a block; its head may be cut off. */
  static Fragment at(byte[] block, int start, int limit) {
    if (limit - start < LogWalk.HEAD_BYTES) {
      return new Fragment(block, start, limit, 0, 0, 0);
    }
    ByteBuffer head = ByteBuffer.wrap(block, start, LogWalk.HEAD_BYTES);
    head.order(ByteOrder.LITTLE_ENDIAN);
    return new Fragment(
        block, start, limit, head.getInt(), Short.toUnsignedInt(head.getShort()), head.get());
  }

  /** Where it ends, if its length is right. */
  int end() {
    return contentStart() + length;
  }

  int contentStart() {
    return start + LogWalk.HEAD_BYTES;
  }

  /** Whether the file ends before it does. */
  boolean isCutOff() {
    return end() > limit && end() <= LogWalk.BLOCK_BYTES;
  }

  /** Nothing when it is whole, of a known type, and has the checksum that it claims. */
  Optional<String> wrong() {
    if (limit - start < LogWalk.HEAD_BYTES) {
      return Optional.of("the file ends within the head of a record");
    }
    if (checksum == 0 && length == 0 && type == 0) {
      return Optional.of("there are zeros in place of a record");
    }
    if (end() > LogWalk.BLOCK_BYTES) {
      return Optional.of("the length of a record goes beyond its block");
    }
    if (isCutOff()) {
      return Optional.of("the file ends within a record");
    }
    if (!hasChecksumWith(length)) {
      return Optional.of("the checksum of a record is not that of its bytes");
    }
    return FragmentType.of(type).isEmpty()
        ? Optional.of("a record has a type that Ostraka never writes, " + type)
        : Optional.empty();
  }

  boolean isSound() {
    return wrong().isEmpty();
  }

  /** Whether the checksum is right if the content has this length instead. */
  boolean hasChecksumWith(int otherLength) {
    return LogWalk.checksum(block, contentStart() - 1, 1 + otherLength) == checksum;
  }

  static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
