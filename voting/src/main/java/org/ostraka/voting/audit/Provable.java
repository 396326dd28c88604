package org.ostraka.voting.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.voting.receipt.Receipt;

/** An audit log that was read, ready for any number of proofs. Immutable. */
public final class Provable {
  private final LogId log;
  private final MerkleTree tree;
  private final Map<Entry, Integer> places = new HashMap<>();
  private final Set<Entry> takenBack = new HashSet<>();

  public Provable(ReadLog read) {
    this.log = read.log();
    this.tree = read.tree();
    for (int index = 0; index < read.entries().size(); index++) {
      Entry entry = read.entries().get(index);
      var _ = places.putIfAbsent(entry, index);
      if (entry.kind() == Entry.Kind.SUPERSEDED) {
        boolean _ = takenBack.add(entry.ofKind(Entry.Kind.CAST));
      }
    }
  }

  /** Returns whether the ballot of a receipt gave way to a later one of the same voter. */
  public boolean isTakenBack(Receipt receipt) {
    return takenBack.contains(Proof.entry(receipt));
  }

  /**
   * Returns the proof for a receipt; empty when the publication does not have its ballot, or the
   * ballot was taken back.
   */
  public Optional<Proof> proof(Receipt receipt, Roots.Signed last) {
    Roots roots = last.roots();
    int index = places.getOrDefault(Proof.entry(receipt), -1);
    ShardRoot state = roots.shards().get(log.shard());
    if (isTakenBack(receipt) || index < 0 || index >= state.size() || state.size() > tree.size()) {
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
