package org.ostraka.voting.count;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.LostPublications;
import org.ostraka.voting.audit.Publisher;
import org.ostraka.voting.audit.Takeover;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.election.Leases;
import org.ostraka.voting.election.State;
import org.ostraka.voting.election.VoteTable;
import org.ostraka.voting.receipt.ReceiptKey;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Counts, in the regions that are left, what regions that are lost for good had accepted and not
 * counted. One thread.
 *
 * <p>The count of each lost region is taken over first ({@link Takeover}), so that its counters
 * count nothing more of the election. Then its logs, its tallies and its publications are
 * continued, in the first region that is left, as its counters would have done. Each step leaves
 * alone what is done already, so that an adoption which was interrupted can be repeated.
 */
public final class Adoption {
  private final VoteTable table;
  private final Election election;
  private final List<String> lost;
  private final ReceiptKey key;
  private final InstantSource clock;

  /**
   * Makes an adoption.
   *
   * @param without the regions that the election office has given up
   * @param key signs the publications of roots
   */
  public Adoption(
      VoteTable table,
      Election election,
      Set<String> without,
      ReceiptKey key,
      InstantSource clock) {
    this.table = table;
    this.election = election;
    this.lost = election.regions().stream().filter(without::contains).toList();
    this.key = key;
    this.clock = clock;
    if (without.isEmpty() || lost.size() < without.size()) {
      throw new IllegalArgumentException(
          "name regions of " + election.regions() + " as lost, not " + without);
    }
    if (lost.size() == election.regions().size()) {
      throw new IllegalArgumentException("no region is left");
    }
  }

  /**
   * Counts what was not counted.
   *
   * @throws IllegalStateException if a lost region may still accept votes, or somebody else does
   *     the same at this moment
   */
  public AdoptionReport run() {
    VoteTable left = left();
    if (election.state(clock.instant()) == State.CERTIFIED) {
      throw new IllegalStateException("the election is certified");
    }
    lost.forEach(this::requireSilence);
    requireKnownKey(left);
    List<Lease> leases = leases(left);
    AdoptionReport report = new AdoptionReport();
    for (String region : lost) {
      adopt(left, region, leases, report);
    }
    return report;
  }

  /** Returns the table in the regions that are left, in the order of the election. */
  private VoteTable left() {
    Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
    for (String region : election.regions()) {
      if (!lost.contains(region)) {
        clients.put(region, table.in(region));
      }
    }
    return new VoteTable(table.name(), clients);
  }

  private void requireSilence(String region) {
    if (table.regions().contains(region) && answers(region)) {
      throw new IllegalStateException(
          region + " answers, so it is not lost: its own counters can count what it accepted");
    }
  }

  private boolean answers(String region) {
    try {
      var _ = table.read(region, Keys.election(election.id(), 1));
      return true;
    } catch (SdkServiceException refused) {
      return true;
    } catch (SdkClientException silent) {
      return false;
    }
  }

  /**
   * Refuses a key that has signed none of the publications: nobody could verify the next one. Rows
   * that are no publications do not matter.
   */
  private void requireKnownKey(VoteTable left) {
    String first = left.regions().getFirst();
    AuditLogs logs = new AuditLogs(left.counts(), first);
    List<String> published =
        election.regions().stream()
            .filter(
                region -> logs.publications(election.id(), region, _ -> {}).findAny().isPresent())
            .toList();
    if (!published.isEmpty()
        && published.stream()
            .allMatch(
                region -> logs.lastPublication(election.id(), region, key.publicKey()).isEmpty())) {
      throw new IllegalStateException(
          "this key has signed none of the publications of roots: it is another one");
    }
  }

  /** Returns the latest leases of all shards, none of which lets a lost region accept votes. */
  private List<Lease> leases(VoteTable left) {
    Leases known = new Leases(left, Set.copyOf(lost));
    List<Lease> leases = new ArrayList<>();
    for (int shard = 0; shard < election.sharding().shards(); shard++) {
      Lease lease = known.latest(election, shard);
      if (lost.contains(lease.region()) && !lease.isSealed()) {
        requireFence(shard, lease);
      }
      leases.add(lease);
    }
    return leases;
  }

  private void requireFence(int shard, Lease lease) {
    if (lease.until().isPresent()) {
      throw new IllegalStateException(
          "shard %d has its lease in %s, which may still accept votes: move it (voting move --from %s)"
              .formatted(shard, lease.region(), lease.region()));
    }
    Instant quiet = election.closes().plus(Leases.GRACE);
    if (!clock.instant().isAfter(quiet)) {
      throw new IllegalStateException(
          "shard %d has its lease in %s, without a term, and votes can be written until %s: close the"
                  .formatted(shard, lease.region(), quiet)
              + " election (voting close --without "
              + lease.region()
              + ") and wait");
    }
  }

  private void adopt(VoteTable left, String region, List<Lease> leases, AdoptionReport report) {
    VoteTable counts = left.counts();
    String first = left.regions().getFirst();
    AuditLogs logs = new AuditLogs(counts, first);
    LostPublications.copy(counts, left.regions(), election.id(), region, key.publicKey());
    Takeover takeover = Takeover.begin(counts, first, election.id(), region, clock.instant());
    ShardAdoption.Common common =
        new ShardAdoption.Common(
            left,
            election,
            new Paper(_ -> Optional.of(election)),
            takeover,
            logs.lastPublication(election.id(), region, key.publicKey()),
            report);
    LostTallies tallies = new LostTallies(counts, first, takeover);
    for (int shard = 0; shard < leases.size(); shard++) {
      new ShardAdoption(common, shard, leases.get(shard)).adopt().forEach(tallies::count);
    }
    tallies.write();
    Publisher publisher =
        new Publisher(new Elections(left), logs, key, Duration.ZERO, clock, _ -> {});
    if (!publisher.publish(election, region)) {
      report.refuse("The roots of " + region + " are not published: run this command again");
    }
  }
}
