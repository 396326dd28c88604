package org.ostraka.voting.recount;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.Frontier;
import org.ostraka.voting.audit.Hash;
import org.ostraka.voting.audit.ReadLog;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.audit.ShardRoot;
import org.ostraka.voting.election.Election;

/** Compares published roots with the logs as they are now. One thread. */
record RootsAudit(Election election, PublicKey key, Findings findings) {

  /**
   * Verifies that publications are signed and that each names the one before.
   *
   * @return those that the key has signed
   */
  List<Roots.Signed> chain(String region, List<Roots.Signed> all) {
    List<Roots.Signed> own = new ArrayList<>();
    Hash previous = Hash.ofText("");
    long number = 1;
    for (Roots.Signed signed : all) {
      Roots roots = signed.roots();
      String name = name(region, roots.number());
      if (!signed.isSigned(key)) {
        // Who forges one must not hide whether the others hold.
        findings.add(name + " has no valid signature");
        continue;
      }
      own.add(signed);
      if (roots.number() != number || !roots.previous().equals(previous)) {
        findings.add(name + " does not follow on number " + (number - 1));
      }
      if (roots.shards().size() != election.sharding().shards()) {
        findings.add(name + " has " + roots.shards().size() + " shards");
      }
      previous = roots.hash();
      number = roots.number() + 1;
    }
    return own;
  }

  /** Recomputes all published roots of a shard from the log. */
  void roots(int shard, ReadLog log, List<Roots.Signed> published) {
    Map<Long, Hash> recomputed = new HashMap<>();
    Frontier frontier = Frontier.EMPTY;
    var _ = recomputed.put(0L, frontier.root());
    for (Entry entry : log.entries()) {
      frontier = frontier.with(entry.leaf());
      var _ = recomputed.put(frontier.size(), frontier.root());
    }
    for (Roots.Signed signed : published) {
      if (shard >= signed.roots().shards().size()) {
        continue;
      }
      ShardRoot state = signed.roots().shards().get(shard);
      String name = name(log.log().region(), signed.roots().number());
      if (state.size() > frontier.size()) {
        findings.add(
            "log of shard %d in %s: has %d records, %s has %d: records are missing"
                .formatted(shard, log.log().region(), frontier.size(), name, state.size()));
        return;
      }
      if (!state.root().equals(recomputed.getOrDefault(state.size(), Hash.EMPTY_TREE))) {
        findings.add(
            "log of shard %d in %s: its first %d records are not those of %s"
                .formatted(shard, log.log().region(), state.size(), name));
        return;
      }
    }
    if (published.isEmpty() ? frontier.size() > 0 : isBeyond(shard, frontier, published)) {
      findings.add(
          "log of shard %d in %s: its last records are not published yet"
              .formatted(shard, log.log().region()));
    }
  }

  private static boolean isBeyond(int shard, Frontier frontier, List<Roots.Signed> published) {
    List<ShardRoot> last = published.getLast().roots().shards();
    return shard < last.size() && frontier.size() > last.get(shard).size();
  }

  private static String name(String region, long number) {
    return "publication " + number + " of " + region;
  }
}
