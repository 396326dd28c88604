package org.ostraka.voting.recount;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.Frontier;
import org.ostraka.voting.audit.Hash;
import org.ostraka.voting.audit.ReadLog;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.audit.ShardRoot;
import org.ostraka.voting.election.Election;

/** Compares the published roots of one region with its logs as they are now. One thread. */
final class RootsAudit {
  private final PublicKey key;
  private final Findings findings;
  private final String region;
  private final List<PublishedStates> shards = new ArrayList<>();
  private long publications;
  private long number = 1;
  private Hash previous = Hash.ofText("");

  RootsAudit(Election election, PublicKey key, Findings findings, String region) {
    this.key = key;
    this.findings = findings;
    this.region = region;
    for (int shard = 0; shard < election.sharding().shards(); shard++) {
      shards.add(new PublishedStates());
    }
  }

  /**
   * Verifies that publications are signed and that each names the one before, and remembers the
   * states of those that the key has signed.
   */
  void chain(Stream<Roots.Signed> all) {
    all.forEachOrdered(signed -> {
      publications++;
      if (signed.isSigned(key)) {
        chain(signed.roots());
      } else {
        // Who forges one must not hide whether the others hold.
        findings.add(name(signed.roots().number()) + " has no valid signature");
      }
    });
  }

  private void chain(Roots roots) {
    String name = name(roots.number());
    if (roots.number() != number || !roots.previous().equals(previous)) {
      findings.add(name + " does not follow on number " + (number - 1));
    }
    if (roots.shards().size() != shards.size()) {
      findings.add(name + " has " + roots.shards().size() + " shards");
    }
    previous = roots.hash();
    number = roots.number() + 1;
    for (int shard = 0; shard < Math.min(shards.size(), roots.shards().size()); shard++) {
      remember(name, roots, shard);
    }
  }

  private void remember(String name, Roots roots, int shard) {
    ShardRoot state = roots.shards().get(shard);
    try {
      shards.get(shard).add(Math.toIntExact(roots.number()), state);
    } catch (IllegalArgumentException | ArithmeticException cannot) {
      findings.add(
          "%s has %d records in the log of shard %d: %s"
              .formatted(name, state.size(), shard, cannot.getMessage()));
    }
  }

  /** Returns how many publications there are, also those that the key has not signed. */
  long publications() {
    return publications;
  }

  /** Recomputes all published roots of a shard from the log. */
  void roots(int shard, ReadLog log) {
    String title = "log of shard " + shard + " in " + region;
    Iterator<Entry> entries = log.entries().iterator();
    Frontier frontier = Frontier.EMPTY;
    PublishedStates.Comparison states = shards.get(shard).compare();
    while (states.hasNext()) {
      String name = name(states.number());
      int size = states.size();
      while (frontier.size() < size && entries.hasNext()) {
        frontier = frontier.with(entries.next().leaf());
      }
      if (frontier.size() < size) {
        findings.add(
            "%s: has %d records, %s has %d: records are missing"
                .formatted(title, frontier.size(), name, size));
        return;
      }
      if (!states.accept(frontier.root())) {
        findings.add("%s: its first %d records are not those of %s".formatted(title, size, name));
        return;
      }
    }
    if (!states.holds()) {
      findings.add(title + ": its records are not those of the publications");
    }
    if (entries.hasNext()) {
      findings.add(title + ": its last records are not published yet");
    }
  }

  private String name(long publication) {
    return "publication " + publication + " of " + region;
  }
}
