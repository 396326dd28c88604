package org.ostraka.voting.audit;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * Proves that the log of a shard, as a publication has it, begins with the log that an earlier
 * publication has (RFC 6962, section 2.1.2): nothing was altered or removed between the two.
 * Immutable.
 *
 * @param path empty when the earlier log has no entries, since every log begins with none
 */
public record Consistency(int shard, PublishedShard from, PublishedShard to, List<Hash> path) {

  public Consistency {
    path = List.copyOf(path);
  }

  /**
   * Returns the proof; empty when there is none, since the log is not the one that was published.
   *
   * @param log as it is now
   */
  public static Optional<Consistency> of(Roots.Signed from, Roots.Signed to, ReadLog log) {
    int shard = log.log().shard();
    PublishedShard first = PublishedShard.of(from, shard);
    PublishedShard last = PublishedShard.of(to, shard);
    long size = last.state().size();
    if (first.number() > last.number()
        || first.state().size() > size
        || size > log.entries().size()) {
      return Optional.empty();
    }
    MerkleTree tree = log.tree().first(Math.toIntExact(size));
    int before = Math.toIntExact(first.state().size());
    List<Hash> path = before == 0 ? List.of() : tree.consistency(before);
    return Optional.of(new Consistency(shard, first, last, path)).filter(Consistency::isGrowth);
  }

  /** Returns whether this proves to who knows the key that the log has only grown. */
  public boolean holds(String election, String region, PublicKey key) {
    return from.number() <= to.number()
        && from.holds(election, region, shard, key)
        && to.holds(election, region, shard, key)
        && isGrowth();
  }

  private boolean isGrowth() {
    ShardRoot first = from.state();
    ShardRoot last = to.state();
    return first.size() == 0
        ? path.isEmpty() && first.root().equals(Hash.EMPTY_TREE)
        : MerkleTree.isConsistent(first.size(), first.root(), last.size(), last.root(), path);
  }
}
