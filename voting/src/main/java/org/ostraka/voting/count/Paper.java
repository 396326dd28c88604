package org.ostraka.voting.count;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.ballot.Ballot;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What can be a ballot: the shards and candidates of elections, which are the same in all versions.
 * Any thread.
 *
 * <p>A row of an election that is not known yet is judged by its form alone: replication may bring
 * the ballot before the election.
 */
final class Paper {
  private static final int MAX_ELECTIONS = 10_000;
  private static final int LONGEST_TIME = 40;
  private static final Pattern EPOCH = Pattern.compile("[0-9]{1,18}");

  private final Function<String, Optional<Election>> find;
  private final Map<String, Election> known = new ConcurrentHashMap<>();

  /**
   * Makes the paper.
   *
   * @param find finds an election by its id
   */
  Paper(Function<String, Optional<Election>> find) {
    this.find = find;
  }

  private Optional<Election> election(String id) {
    Optional<Election> before = Optional.ofNullable(known.get(id));
    if (before.isPresent()) {
      return before;
    }
    Optional<Election> found;
    try {
      found = find.apply(id);
    } catch (IllegalArgumentException | IllegalStateException | DateTimeException malformed) {
      // An election that cannot be read is judged as one that is not there.
      return Optional.empty();
    }
    if (known.size() >= MAX_ELECTIONS) {
      known.clear();
    }
    found.ifPresent(election -> known.put(id, election));
    return found;
  }

  /** Returns whether the election of a log has its shard. */
  boolean hasShard(LogId log) {
    return election(log.election()).filter(it -> log.shard() >= it.sharding().shards()).isEmpty();
  }

  /**
   * Returns what a new row means: {@code CAST} for a ballot, {@code VOTED} for a voter of a secret
   * election; empty when no part of the voting system may have written it.
   */
  Optional<Entry.Kind> kind(LogId log, String sort, Map<String, AttributeValue> row) {
    Optional<Election> election = election(log.election());
    boolean isVoter = sort.startsWith(Keys.VOTER);
    String name = sort.substring((isVoter ? Keys.VOTER : Keys.SECRET).length());
    boolean hasVote = row.containsKey(Ballot.CANDIDATE) || row.containsKey(Ballot.CAST);
    boolean isInPlace =
        election.filter(it -> !isInPlace(it, log, isVoter, hasVote, name)).isEmpty();
    if (!isInPlace || !EPOCH.matcher(ShardChange.text(row, Lease.EPOCH)).matches()) {
      return Optional.empty();
    }
    if (isVoter && !hasVote) {
      return Optional.of(Entry.Kind.VOTED);
    }
    String candidate = ShardChange.text(row, Ballot.CANDIDATE);
    boolean isBallot =
        !candidate.isEmpty()
            && candidate.length() <= Election.MAX_CANDIDATE_LENGTH
            && isTime(ShardChange.text(row, Ballot.CAST))
            && election.filter(it -> !it.candidates().contains(candidate)).isEmpty();
    return isBallot ? Optional.of(Entry.Kind.CAST) : Optional.empty();
  }

  /** Returns whether a row of this form belongs into the shard of the log. */
  private static boolean isInPlace(
      Election election, LogId log, boolean isVoter, boolean hasVote, String name) {
    if (isVoter) {
      return election.isSecret() != hasVote && election.shardOf(name) == log.shard();
    }
    return election.isSecret()
        && Ballot.isNumber(name)
        && election.regions().contains(log.region())
        && election.boxOf(name, log.region()) == log.shard();
  }

  private static boolean isTime(String text) {
    try {
      return text.length() <= LONGEST_TIME && Instant.parse(text).isAfter(Instant.EPOCH);
    } catch (DateTimeException malformed) {
      return false;
    }
  }
}
