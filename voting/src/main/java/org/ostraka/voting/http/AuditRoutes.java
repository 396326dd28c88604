package org.ostraka.voting.http;

import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Consistency;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Provable;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.ballot.Ballot;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.wire.ProofJson;

/**
 * What anybody may ask about the audit log over HTTP. Any thread.
 *
 * <p>The database that is asked is the one that takes the votes. So publications are read once a
 * second, and the log of a shard every ten seconds for each receipt, or when there is a later
 * publication, however often somebody asks. One row says whether a vote has given way to a later
 * one: that is read once a second for each receipt, so a proof ends at once when it is not true any
 * more.
 */
final class AuditRoutes {
  // A proof reads the whole log of a shard.
  private static final int MAX_PROOFS_AT_ONCE = 8;
  // A proof has some 3 KB.
  private static final int MAX_KNOWN = 1_000;
  // About the time from one publication to the next.
  private static final Duration AGE = Duration.ofSeconds(10);
  private static final Duration AGE_OF_BALLOT = Duration.ofSeconds(1);

  private final AuditLogs logs;
  private final Casting casting;
  private final PublicKey key;
  private final InstantSource clock;
  private final Recent<Optional<Roots.Signed>> publications;
  private final Recent<String> roots;
  private final Semaphore proofs = new Semaphore(MAX_PROOFS_AT_ONCE);
  private final Map<Receipt, Known> known = new ConcurrentHashMap<>();

  /**
   * What a receipt was answered while a publication was the last one.
   *
   * @param since when its log was read
   * @param looked when its ballot was read
   */
  private record Known(long publication, Instant since, Instant looked, Answer answer) {

    /**
     * Returns whether it may be answered once more, unless there is a later vote. The log can have
     * got the ballot since.
     */
    boolean isCurrent(long last, Instant now) {
      return publication == last && now.isBefore(since.plus(AGE));
    }

    boolean isOfThisSecond(Instant now) {
      return now.isBefore(looked.plus(AGE_OF_BALLOT));
    }
  }

  AuditRoutes(AuditLogs logs, Casting casting, PublicKey key, InstantSource clock) {
    this.logs = logs;
    this.casting = casting;
    this.key = key;
    this.clock = clock;
    this.publications = new Recent<>(clock);
    this.roots = new Recent<>(clock);
  }

  /** Answers with the last publication of each region. */
  Answer roots(Election election) {
    return new Answer(
        Answer.OK,
        roots.get(
            election.id(),
            () ->
                ProofJson.roots(
                    election.regions().stream()
                        .flatMap(region -> last(election, region).stream())
                        .toList())));
  }

  /** Answers a receipt with the proof that its ballot is in the published audit log. */
  Answer prove(Election election, Receipt receipt) {
    Optional<Roots.Signed> last = last(election, receipt.region());
    if (last.isEmpty()) {
      return notYet();
    }
    long publication = last.get().roots().number();
    Instant now = clock.instant();
    Optional<Known> before =
        Optional.ofNullable(known.get(receipt)).filter(it -> it.isCurrent(publication, now));
    if (before.filter(it -> it.isOfThisSecond(now)).isPresent()) {
      return before.get().answer();
    }
    return limited(() -> {
      Known next = known(election, receipt, before, last.get(), now);
      if (known.size() >= MAX_KNOWN) {
        known.clear();
      }
      known.put(receipt, next);
      return next.answer();
    });
  }

  /** Returns what is answered now: what was answered before, unless there is a later vote. */
  private Known known(
      Election election, Receipt receipt, Optional<Known> before, Roots.Signed last, Instant now) {
    long publication = last.roots().number();
    if (casting.hasGivenWay(election, receipt)) {
      return new Known(publication, now, now, takenBack());
    }
    return before
        .map(it -> new Known(publication, it.since(), now, it.answer()))
        .orElseGet(() -> new Known(publication, now, now, proof(election, receipt, last)));
  }

  /** Answers with the proof that a log has only grown between two publications. */
  Answer consistency(Election election, String query) {
    Optional<ConsistencyQuery> asked = ConsistencyQuery.of(query);
    if (asked.isEmpty()) {
      return Answer.error(
          Answer.BAD_REQUEST, "the query must be region=...&shard=...&from=...&to=...");
    }
    if (!election.regions().contains(asked.get().region())
        || asked.get().shard() >= election.sharding().shards()) {
      return Answer.error(Answer.NOT_FOUND, "the election has no such region or shard");
    }
    return limited(() -> consistency(election, asked.get()));
  }

  private Answer consistency(Election election, ConsistencyQuery asked) {
    String region = asked.region();
    Optional<Roots.Signed> from = logs.publication(election.id(), region, asked.from(), key);
    Optional<Roots.Signed> to =
        asked.to().isPresent()
            ? logs.publication(election.id(), region, asked.to().get(), key)
            : last(election, region);
    int shards = election.sharding().shards();
    if (Stream.of(from, to)
        .anyMatch(it -> it.filter(has -> has.roots().shards().size() == shards).isEmpty())) {
      return Answer.error(Answer.NOT_FOUND, "no such publication");
    }
    LogId log = new LogId(election.id(), asked.shard(), region);
    return Consistency.of(from.get(), to.get(), logs.read(log))
        .map(proof -> new Answer(Answer.OK, ProofJson.consistency(proof)))
        .orElseGet(() ->
            Answer.error(
                Answer.CONFLICT,
                "there is no proof: the log is not the one that was published, or from is later"
                    + " than to"));
  }

  /** Answers what needs a whole log, if not too many ask for that. */
  private Answer limited(Supplier<Answer> answer) {
    if (!proofs.tryAcquire()) {
      return Answer.error(Answer.UNAVAILABLE, "too many ask for proofs at once: ask again");
    }
    try {
      return answer.get();
    } finally {
      proofs.release();
    }
  }

  private Optional<Roots.Signed> last(Election election, String region) {
    return publications.get(
        election.id() + "#" + region, () -> logs.lastPublication(election.id(), region, key));
  }

  private Answer proof(Election election, Receipt receipt, Roots.Signed last) {
    LogId id = new LogId(election.id(), Ballot.shard(election, receipt), receipt.region());
    Provable log = new Provable(logs.read(id));
    if (log.isTakenBack(receipt)) {
      return takenBack();
    }
    return log.proof(receipt, last)
        .map(proof -> new Answer(Answer.OK, ProofJson.proof(proof)))
        .orElseGet(AuditRoutes::notYet);
  }

  private static Answer takenBack() {
    return Answer.error(
        Answer.CONFLICT,
        "this vote was taken back: another region has a later vote of the same voter; whoever did"
            + " not vote again should tell the election office");
  }

  private static Answer notYet() {
    return Answer.error(
        Answer.ACCEPTED, "no published root has this vote yet: ask again in a minute");
  }
}
