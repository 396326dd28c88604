package org.ostraka.voting.audit;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.receipt.ReceiptKey;

/**
 * Proves that a ballot is in the audit log whose roots were published. Immutable.
 *
 * @param index of the ballot's entry in the log of its shard
 * @param shard the shard
 * @param state the published state of the shard's log
 * @param path from the entry to the root of the shard's log
 * @param shards the number of shards
 * @param shardPath from the shard to the root over all shards
 * @param number of the publication, with its time, the hash of the one before, and its signature
 */
public record Proof(
    long index,
    int shard,
    ShardRoot state,
    List<Hash> path,
    int shards,
    List<Hash> shardPath,
    long number,
    Instant time,
    Hash previous,
    Hash top,
    String signature) {

  /** Returns the entry of the log that a receipt is for. */
  static Entry entry(Receipt receipt) {
    return new Entry(
        Entry.Kind.CAST,
        receipt.voter(),
        receipt.candidate(),
        receipt.cast().toString(),
        Long.toString(receipt.epoch()));
  }

  /**
   * Returns whether this proves that the ballot of a receipt is in the log, to who knows the key.
   */
  public boolean holds(Receipt receipt, PublicKey key) {
    String statement =
        Roots.statement(receipt.election(), receipt.region(), number, time, previous, shards, top);
    byte[] signed;
    try {
      signed = Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
    return MerkleTree.includes(entry(receipt).leaf(), index, state.size(), path, state.root())
        && MerkleTree.includes(state.leaf(), shard, shards, shardPath, top)
        && ReceiptKey.isSigned(statement, signed, key);
  }
}
