package org.ostraka.voting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.ThreeMemories.BALLOTS;
import static org.ostraka.voting.ThreeMemories.CLOSED;
import static org.ostraka.voting.ThreeMemories.COUNTS;
import static org.ostraka.voting.ThreeMemories.FIRST;
import static org.ostraka.voting.ThreeMemories.LATER;
import static org.ostraka.voting.ThreeMemories.OPEN;
import static org.ostraka.voting.ThreeMemories.THIRD;
import static org.ostraka.voting.count.AdoptionSite.LEFT;
import static org.ostraka.voting.count.AdoptionSite.LOST;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.voting.MemoryRegion;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.audit.Roots;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Outcome;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import org.ostraka.voting.receipt.Receipt;
import org.ostraka.voting.recount.Finding;
import org.ostraka.voting.recount.Recount;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random votes, of which a lost region had counted a random part; each region that is left has a
 * random part of the ballots, the logs, the tallies and the publications; adoptions that end
 * anywhere, or that another one interrupts; voters who vote again meanwhile. At the end each ballot
 * that any region has counts once.
 */
final class AdoptionModelTest {
  private static final int ROUNDS = Integer.getInteger("voting.adopt.rounds", 15);
  private static final int SHARDS = 6;
  private static final int VOTES = 14;
  private static final int INTERRUPTIONS = 5;
  private static final int MAX_OPERATIONS = 130;

  @ParameterizedTest(name = "terms {0}, secret {1}")
  @CsvSource({"true,false", "false,false", "false,true"})
  void eachBallotThatIsLeftCountsOnce(boolean haveTerms, boolean isSecret) {
    long first = Long.getLong("seed", System.nanoTime());
    for (long seed = first; seed < first + ROUNDS; seed++) {
      new Round(seed, haveTerms, isSecret).run();
    }
  }

  /** What the audit has to find. */
  private static final class Expected {
    private final Map<String, Long> votes = new TreeMap<>();
    private final Set<String> findings = new TreeSet<>();
    private final List<Receipt> counted = new ArrayList<>();
    private int marks;
  }

  private static final class Round {
    private final String title;
    private final Random random;
    private final boolean haveTerms;
    private final AdoptionSite site;
    private final String accepting;
    private final Instant now;
    private final List<String> voters;
    private final Map<String, Receipt> cast = new LinkedHashMap<>();
    private final Map<String, String> again = new HashMap<>();
    private final Set<String> left = new HashSet<>();
    private final Map<LogId, List<Entry>> logs = new HashMap<>();

    Round(long seed, boolean haveTerms, boolean isSecret) {
      this.title = "-Dseed=" + seed;
      this.random = new Random(seed);
      this.haveTerms = haveTerms;
      this.site = new AdoptionSite(SHARDS, haveTerms, isSecret);
      this.accepting = random.nextBoolean() ? FIRST : THIRD;
      this.now = haveTerms ? LATER : CLOSED;
      this.voters =
          IntStream.range(0, 1_000)
              .mapToObj(number -> "voter-" + number)
              .filter(voter -> site.election.homeOf(site.election.shardOf(voter)).equals(LOST))
              .limit(VOTES)
              .toList();
    }

    void run() {
      castAndCount();
      replicate();
      site.lose();
      if (haveTerms) {
        site.regions.move(site.election, LOST, accepting);
        voteAgain();
      }
      adoptWithInterruptions();
      assertThat(adopted().refusals()).as(title).isEmpty();
      compare();
      AdoptionReport nothing = adopted();
      assertThat(nothing.votes()).as(title).isEmpty();
      assertThat(nothing.takenBack()).as(title).isEmpty();
      assertThat(nothing.copied()).as(title).isEmpty();
      assertThat(nothing.passedOver()).as(title).isEmpty();
    }

    private void castAndCount() {
      for (String voter : voters) {
        String candidate = random.nextBoolean() ? "a" : "b";
        cast.put(
            voter,
            site.election.isSecret()
                ? site.castSecretly(
                    voter, candidate, "%016x%016x".formatted(random.nextLong(), random.nextLong()))
                : site.cast(List.of(LOST), OPEN, voter, candidate));
        if (random.nextInt(3) == 0) {
          site.count(LOST);
        }
        if (random.nextInt(3) == 0) {
          site.publish(LOST);
        }
      }
    }

    private void replicate() {
      for (String region : LEFT) {
        site.regions.copy(BALLOTS, LOST, region, this::reaches);
        replicateLogs(region);
        replicateTallies(region);
      }
      for (String region : LEFT) {
        replicatePublications(region);
      }
    }

    private boolean reaches(Map<String, AttributeValue> row) {
      boolean doesReach = isVote(row) && random.nextInt(5) < 3;
      if (doesReach) {
        left.add(row.get(Keys.SORT).s());
      }
      return doesReach;
    }

    private static boolean isVote(Map<String, AttributeValue> row) {
      String sort = row.get(Keys.SORT).s();
      return sort.startsWith(Keys.VOTER) || sort.startsWith(Keys.SECRET);
    }

    /** A region has the beginning of each log. */
    private void replicateLogs(String region) {
      for (int shard = 0; shard < SHARDS; shard++) {
        LogId log = new LogId("e", shard, LOST);
        List<Map<String, AttributeValue>> rows =
            site.regions.in(LOST).rows(COUNTS).stream()
                .filter(row -> row.get(Keys.PARTITION).s().equals(log.partition()))
                .toList();
        rows.subList(0, random.nextInt(rows.size() + 1))
            .forEach(row -> site.regions.in(region).write(COUNTS, row));
        List<Entry> entries =
            new AuditLogs(site.regions.table().counts(), region).read(log).entries();
        if (entries.size() >= logs.getOrDefault(log, List.of()).size()) {
          logs.put(log, entries);
        }
      }
    }

    /** A region has each row of a tally as it was at some time, or not at all. */
    private void replicateTallies(String region) {
      Map<Map<String, AttributeValue>, List<MemoryRegion.Change>> histories = new LinkedHashMap<>();
      for (MemoryRegion.Change change : site.regions.in(LOST).changes()) {
        if (change.table().equals(COUNTS)
            && change.key().get(Keys.PARTITION).s().startsWith("TALLY#")) {
          histories.computeIfAbsent(change.key(), _ -> new ArrayList<>()).add(change);
        }
      }
      for (List<MemoryRegion.Change> history : histories.values()) {
        int version = random.nextInt(history.size() + 1);
        if (version < history.size()) {
          site.regions.in(region).write(COUNTS, history.get(version).after());
        }
      }
    }

    /** A region has a beginning of the publications, of records that any region has. */
    private void replicatePublications(String region) {
      List<Map<String, AttributeValue>> rows =
          site.regions.in(LOST).rows(COUNTS).stream()
              .filter(row -> row.get(Keys.PARTITION).s().equals(Roots.partition("e", LOST)))
              .takeWhile(this::isLeft)
              .toList();
      rows.subList(0, random.nextInt(rows.size() + 1))
          .forEach(row -> site.regions.in(region).write(COUNTS, row));
    }

    private boolean isLeft(Map<String, AttributeValue> publication) {
      Roots roots = Roots.of("e", LOST, publication).roots();
      return IntStream.range(0, SHARDS)
          .allMatch(shard ->
              roots.shards().get(shard).size()
                  <= logs.getOrDefault(new LogId("e", shard, LOST), List.of()).size());
    }

    /** Some voters of the lost region vote in the region that accepts their votes now. */
    private void voteAgain() {
      Casting casting =
          new Casting(
              site.regions.table(List.of(accepting)), 1, InstantSource.fixed(LATER), _ -> {});
      for (String voter : voters) {
        if (random.nextInt(4) == 0) {
          String candidate = random.nextBoolean() ? "a" : "b";
          if (casting.cast(site.election, voter, candidate) instanceof Outcome.Stored stored
              && stored.receipt().region().equals(accepting)) {
            again.put(voter, stored.receipt().candidate());
          }
        }
      }
      if (random.nextBoolean()) {
        replicateAgain();
      }
    }

    private void replicateAgain() {
      for (String region : LEFT) {
        if (!region.equals(accepting)) {
          site.regions.copy(
              BALLOTS,
              accepting,
              region,
              row -> isVote(row) && row.get(Lease.REGION).s().equals(accepting));
        }
      }
    }

    private void adoptWithInterruptions() {
      for (int time = 0; time < INTERRUPTIONS; time++) {
        interruptOnce(random.nextBoolean());
        try {
          var _ = site.adoption(now).run();
        } catch (SdkClientException interrupted) {
          assertThat(interrupted).as(title).hasMessage("the process ends");
        } catch (IllegalStateException another) {
          assertThat(another).as(title).hasMessageStartingWith("somebody else ");
        } finally {
          LEFT.forEach(region -> site.regions.in(region).beforeEach(_ -> {}));
        }
        if (haveTerms) {
          voteAgain();
        }
      }
    }

    /** Lets the adoption end, or another one come between, before one of its operations. */
    private void interruptOnce(boolean isByAnother) {
      AtomicInteger operations = new AtomicInteger(random.nextInt(MAX_OPERATIONS));
      for (String region : LEFT) {
        site.regions
            .in(region)
            .beforeEach(_ -> {
              if (operations.getAndDecrement() == 0) {
                if (!isByAnother) {
                  throw SdkClientException.create("the process ends");
                }
                var _ = site.adoption(now).run();
              }
            });
      }
    }

    private AdoptionReport adopted() {
      return site.adoption(now).run();
    }

    private void compare() {
      replicateAgain();
      Set<String> logged = new HashSet<>();
      logs.values()
          .forEach(
              entries -> entries.forEach(it -> logged.add(it.sortKey(site.election.isSecret()))));
      Expected expected = new Expected();
      for (String voter : voters) {
        expect(expected, voter, logged);
      }
      if (site.election.isSecret() && expected.marks != expected.counted.size()) {
        expected.findings.add(
            "%d voters have voted, and the logs have %d ballots"
                .formatted(expected.marks, expected.counted.size()));
      }
      Recount recount = site.audit();
      assertThat(recount.findings().stream().map(Finding::text))
          .as(title)
          .containsExactlyInAnyOrderElementsOf(expected.findings);
      assertThat(votes(recount.logged())).as(title).isEqualTo(expected.votes);
      assertThat(votes(recount.tallied())).as(title).isEqualTo(expected.votes);
      assertThat(recount.remarks())
          .as(title)
          .contains("Votes accepted there that are in no log here: {}");
      assertThat(site.unproved(FIRST, expected.counted)).as(title).isEmpty();
    }

    private void expect(Expected expected, String voter, Set<String> logged) {
      Receipt receipt = cast.get(voter);
      if (site.election.isSecret()) {
        String mark = Keys.VOTER + voter;
        expected.marks += left.contains(mark) || logged.contains(mark) ? 1 : 0;
        if (!left.contains(mark) && logged.contains(mark)) {
          expected.findings.add("mark of voter " + voter + " is in the log and not in the table");
        }
      }
      String ballot = (site.election.isSecret() ? Keys.SECRET : Keys.VOTER) + receipt.voter();
      if (again.containsKey(voter)) {
        expected.votes.merge(again.get(voter), 1L, Long::sum);
      } else if (left.contains(ballot) || logged.contains(ballot)) {
        expected.votes.merge(receipt.candidate(), 1L, Long::sum);
        expected.counted.add(receipt);
        if (!left.contains(ballot)) {
          expected.findings.add(
              "ballot of " + receipt.voter() + " is in the log and not in the table");
        }
      }
    }

    private static Map<String, Long> votes(Map<String, Long> counted) {
      Map<String, Long> votes = new TreeMap<>(counted);
      votes.values().removeIf(number -> number == 0);
      return votes;
    }
  }
}
