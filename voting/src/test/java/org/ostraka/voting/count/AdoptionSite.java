package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.ThreeMemories.BALLOTS;
import static org.ostraka.voting.ThreeMemories.CLOSED;
import static org.ostraka.voting.ThreeMemories.COUNTS;
import static org.ostraka.voting.ThreeMemories.FIRST;
import static org.ostraka.voting.ThreeMemories.OPEN;
import static org.ostraka.voting.ThreeMemories.SECOND;
import static org.ostraka.voting.ThreeMemories.THIRD;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ostraka.voting.ThreeMemories;
import org.ostraka.voting.TwoMemories;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.ballot.SecretCasting;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.receipt.ReceiptKey;
import org.ostraka.voting.receipt.SignedReceipt;
import org.ostraka.voting.recount.Auditor;
import org.ostraka.voting.recount.Finding;
import org.ostraka.voting.recount.ProofAudit;
import org.ostraka.voting.recount.Recount;
import org.ostraka.voting.recount.Scope;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An election in three regions in memory, of which the second one is lost. Its shard 1 has its home
 * there.
 */
final class AdoptionSite {
  static final String LOST = SECOND;
  static final int SHARD = 1;
  static final List<String> LEFT = List.of(FIRST, THIRD);

  final ThreeMemories regions = new ThreeMemories();
  final Election election;
  final ReceiptKey key = newKey();

  AdoptionSite(boolean haveTerms, boolean isSecret) {
    this(3, haveTerms, isSecret);
  }

  AdoptionSite(int shards, boolean haveTerms, boolean isSecret) {
    this.election = regions.declare(shards, haveTerms, isSecret);
  }

  static ReceiptKey newKey() {
    try {
      return new ReceiptKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** Returns a voter of the shard whose home is lost. */
  String voter(int number) {
    return TwoMemories.voterOf(election, SHARD, number);
  }

  /** Casts the vote of a voter at home. */
  Receipt cast(int voter, String candidate) {
    return cast(List.of(LOST), OPEN, voter(voter), candidate);
  }

  /** Casts a vote as the servers of a region do that hear of no other one. */
  Receipt cast(List<String> there, Instant now, String voter, String candidate) {
    Casting casting = new Casting(regions.table(there), 1, InstantSource.fixed(now), _ -> {});
    return stored(casting.cast(election, voter, candidate));
  }

  /** Casts a vote of a secret election at home. */
  Receipt castSecretly(int voter, String candidate, String number) {
    return castSecretly(voter(voter), candidate, number);
  }

  Receipt castSecretly(String voter, String candidate, String number) {
    // A vote waits for company by this clock, which goes on with each look at it.
    AtomicInteger looks = new AtomicInteger();
    InstantSource clock = () -> OPEN.plusMillis(60L * looks.getAndIncrement());
    SecretCasting casting = new SecretCasting(regions.table(), 1, 1, clock, _ -> {});
    return stored(casting.cast(election, voter, candidate, number));
  }

  private static Receipt stored(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Stored.class);
    return ((Outcome.Stored) outcome).receipt();
  }

  /** Lets a region count what it has accepted. */
  void count(String region) {
    StreamCount.count(region, regions.in(region));
  }

  void publish(String region) {
    regions.publish(election, region, key);
  }

  /** Copies all ballots and leases of the lost region, or all of its counts, to some regions. */
  void replicate(String table, List<String> to) {
    to.forEach(other -> regions.copy(table, LOST, other, _ -> true));
  }

  void replicateBallotOf(int voter, String to) {
    regions.copy(BALLOTS, LOST, to, row -> row.get("SK").s().equals("USER#" + voter(voter)));
  }

  void replicateCounts(String partition, String to) {
    regions.copy(COUNTS, LOST, to, row -> row.get("PK").s().startsWith(partition));
  }

  /** Seals the shard in a region, as the operator does who closes the election. */
  void seal(String region) {
    Map<String, AttributeValue> lease =
        new HashMap<>(regions.in(region).row(BALLOTS, Keys.lease("e", SHARD)));
    lease.put(Lease.SEALED, AttributeValue.fromBool(true));
    regions.in(region).write(BALLOTS, lease);
  }

  void lose() {
    regions.in(LOST).goAway();
  }

  Adoption adoption(Instant now) {
    return new Adoption(regions.table(), election, Set.of(LOST), key, InstantSource.fixed(now));
  }

  AdoptionReport adopt() {
    return adoption(CLOSED).run();
  }

  AdoptionReport adoptedWhenLost() {
    lose();
    return adopt();
  }

  /** Audits the regions that are left, after these have counted and published. */
  Recount audit() {
    for (String region : LEFT) {
      count(region);
      publish(region);
    }
    regions.copy(COUNTS, THIRD, FIRST, row -> row.get("PK").s().contains("#" + THIRD));
    return new Auditor(regions.table(LEFT), new Scope(election, Set.of(LOST)), key.publicKey())
        .audit();
  }

  List<String> findings() {
    return audit().findings().stream().map(Finding::text).toList();
  }

  /** Returns the receipts for which there is no proof in a region. */
  List<String> unproved(String region, List<Receipt> receipts) {
    List<SignedReceipt> signed =
        receipts.stream()
            .map(it -> new SignedReceipt(it, Base64.getEncoder().encodeToString(key.sign(it))))
            .toList();
    return new ProofAudit(regions.table(List.of(region)), election, key.publicKey())
        .prove(signed).stream().map(Finding::text).toList();
  }

  /** Writes a row into a region, as an intruder does. */
  void forge(String region, String sort, Map<String, String> attributes) {
    var row =
        new HashMap<>(
            Map.of(
                Keys.PARTITION, Attributes.of(Keys.shard("e", SHARD)),
                Keys.SORT, Attributes.of(sort)));
    attributes.forEach((name, value) -> row.put(name, Attributes.of(value)));
    row.put("epoch", Attributes.of(1));
    regions.in(region).write(BALLOTS, row);
  }

  /** Returns numbers for ballots of a secret election. */
  static List<String> numbers(int many) {
    return IntStream.range(0, many).mapToObj("%032x"::formatted).toList();
  }
}
