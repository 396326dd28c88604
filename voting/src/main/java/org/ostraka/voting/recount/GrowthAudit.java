package org.ostraka.voting.recount;

import java.io.IOException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.ostraka.voting.audit.PublishedShard;
import org.ostraka.voting.wire.ConsistencyJson;
import org.ostraka.voting.wire.RootJson;
import org.ostraka.voting.wire.VotingJson;

/**
 * Has a voting server prove that the audit logs have only grown since publications that were kept.
 * It needs no access to the tables and trusts the key only. One thread.
 *
 * @param server where the proofs come from
 */
public record GrowthAudit(Server server, String election, PublicKey key) {
  private static final int OK = 200;

  /** A voting server. */
  @FunctionalInterface
  public interface Server {
    /** Answers a GET of a path. */
    Reply get(String path) throws IOException, InterruptedException;
  }

  /** An answer. */
  public record Reply(int status, byte[] body) {}

  /**
   * Returns what is not proved, a sentence each.
   *
   * @param kept publications of some time, at most one for each region; none the first time
   * @param last the last publication of each region
   */
  public List<Finding> compare(List<RootJson> kept, List<RootJson> last)
      throws IOException, InterruptedException {
    Findings findings = new Findings();
    for (RootJson before : kept) {
      if (of(last, before.region()).isEmpty()) {
        findings.add(
            "publication %d of %s was published and there is none now"
                .formatted(before.number(), before.region()));
      }
    }
    for (RootJson now : last) {
      RootJson before = of(kept, now.region()).orElse(now);
      if (before.shards() != now.shards()) {
        findings.add(
            "the logs of %s are %d, and %d were published before"
                .formatted(now.region(), now.shards(), before.shards()));
      }
      // What is seen for the first time is under its signature, whichever shard shows it.
      int shards = before.equals(now) ? 1 : before.shards();
      for (int shard = 0; shard < shards; shard++) {
        problem(before, now, shard).ifPresent(findings::add);
      }
    }
    return findings.listed();
  }

  private static Optional<RootJson> of(List<RootJson> publications, String region) {
    return publications.stream().filter(it -> it.region().equals(region)).findFirst();
  }

  private Optional<String> problem(RootJson before, RootJson now, int shard)
      throws IOException, InterruptedException {
    Reply reply =
        server.get(
            "/elections/%s/consistency?region=%s&shard=%d&from=%d&to=%d"
                .formatted(election, now.region(), shard, before.number(), now.number()));
    String name = "log of shard %d in %s".formatted(shard, now.region());
    if (reply.status() != OK) {
      String reason = VotingJson.only("message", reply.body()).orElse("status " + reply.status());
      return Optional.of(
          "%s: no proof that it has only grown since publication %d: %s"
              .formatted(name, before.number(), reason));
    }
    boolean holds =
        ConsistencyJson.read(reply.body())
            .filter(proof -> proof.shard() == shard)
            .filter(proof -> isOf(before, proof.from()) && isOf(now, proof.to()))
            .filter(proof -> proof.holds(election, now.region(), key))
            .isPresent();
    return holds
        ? Optional.empty()
        : Optional.of(
            "%s: the proof that it has only grown since publication %d does not hold"
                .formatted(name, before.number()));
  }

  /** Returns whether a proof is about the publication that was kept. */
  private static boolean isOf(RootJson kept, PublishedShard published) {
    return kept.number() == published.number()
        && kept.time().equals(published.time().toString())
        && kept.previous().equals(published.previous().toString())
        && kept.shards() == published.shards()
        && kept.top().equals(published.top().toString())
        && kept.signature().equals(published.signature());
  }
}
