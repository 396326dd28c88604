package org.ostraka.voting.audit;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.ostraka.voting.receipt.ReceiptKey;

/**
 * The log of a shard as a signed publication has it. Immutable.
 *
 * @param number of the publication, with its time, the hash of the one before, the number of
 *     shards, the root over all of them, and its signature in Base64
 * @param state size and root of the shard's log
 * @param path from the shard to the root over all shards
 */
public record PublishedShard(
    long number,
    Instant time,
    Hash previous,
    int shards,
    Hash top,
    String signature,
    ShardRoot state,
    List<Hash> path) {

  public PublishedShard {
    path = List.copyOf(path);
  }

  /**
   * Returns what a publication says about a shard.
   *
   * @throws IllegalArgumentException if it does not have the shard
   */
  static PublishedShard of(Roots.Signed signed, int shard) {
    Roots roots = signed.roots();
    MerkleTree tree = roots.tree();
    return new PublishedShard(
        roots.number(),
        roots.time(),
        roots.previous(),
        roots.shards().size(),
        tree.root(),
        signed.signature(),
        roots.shards().get(shard),
        tree.inclusion(shard));
  }

  /** Returns whether the owner of a key published this state of a shard. */
  public boolean holds(String election, String region, int shard, PublicKey key) {
    String statement = Roots.statement(election, region, number, time, previous, shards, top);
    byte[] signed;
    try {
      signed = Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
    return MerkleTree.includes(state.leaf(), shard, shards, path, top)
        && ReceiptKey.isSigned(statement, signed, key);
  }
}
