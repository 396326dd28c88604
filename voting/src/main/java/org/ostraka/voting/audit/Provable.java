package org.ostraka.voting.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ostraka.voting.receipt.Receipt;

/** An audit log that was read, ready for any number of proofs. Immutable. */
public final class Provable {
  private final LogId log;
  private final MerkleTree tree;
  private final Map<Entry, Integer> places = new HashMap<>();

  public Provable(ReadLog read) {
    this.log = read.log();
    this.tree = read.tree();
    for (int index = 0; index < read.entries().size(); index++) {
      var _ = places.putIfAbsent(read.entries().get(index), index);
    }
  }

  /** Returns the proof for a receipt; empty when the publication does not have its ballot. */
  public Optional<Proof> proof(Receipt receipt, Roots.Signed last) {
    Roots roots = last.roots();
    int index = places.getOrDefault(Proof.entry(receipt), -1);
    ShardRoot state = roots.shards().get(log.shard());
    if (index < 0 || index >= state.size() || state.size() > tree.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new Proof(
            index,
            log.shard(),
            state,
            tree.first(Math.toIntExact(state.size())).inclusion(index),
            roots.shards().size(),
            roots.tree().inclusion(log.shard()),
            roots.number(),
            roots.time(),
            roots.previous(),
            roots.top(),
            last.signature()));
  }
}
