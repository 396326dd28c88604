package org.ostraka.voting.audit;

import java.nio.ByteBuffer;

/**
 * The state of an audit log at some moment. Immutable.
 *
 * @param size the number of entries
 * @param root of the Merkle tree over them
 */
public record ShardRoot(long size, Hash root) {
  static final int BYTES = Long.BYTES + Hash.BYTES;

  static ShardRoot read(ByteBuffer from) {
    long size = from.getLong();
    byte[] root = new byte[Hash.BYTES];
    var _ = from.get(root);
    return new ShardRoot(size, Hash.of(root));
  }

  byte[] encoded() {
    return ByteBuffer.allocate(BYTES).putLong(size).put(root.bytes()).array();
  }

  /** Returns the hash of the leaf that this is in the tree over all shards. */
  public Hash leaf() {
    return Hash.ofLeaf(encoded());
  }
}
