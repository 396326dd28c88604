package org.ostraka.voting.count;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.audit.LogId;
import org.ostraka.voting.ballot.Ballot;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.Lease;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * What a record of a stream means for the count of its region. Immutable.
 *
 * <p>A ballot is in the streams of all regions. It counts in the region that accepted it, which the
 * ballot names; the stream of another region shows it too and passes it over.
 *
 * @param isLogged whether the election has the shard; a row in another one has no log
 */
record ShardChange(LogId log, Entry entry, boolean isLogged) {
  private static final Pattern PARTITION = Pattern.compile("VOTE#([a-z0-9-]{1,64})#([0-9]{1,6})");

  /**
   * Returns the change that a record is; empty when it is none that this region counts.
   *
   * @param elections what is known of elections; a row of an unknown one is judged by its form
   */
  static Optional<ShardChange> of(Record record, String region, Paper elections) {
    Map<String, AttributeValue> key = record.dynamodb().keys();
    Matcher partition = PARTITION.matcher(text(key, Keys.PARTITION));
    if (!partition.matches()) {
      return Optional.empty();
    }
    LogId log = new LogId(partition.group(1), Integer.parseInt(partition.group(2)), region);
    Map<String, AttributeValue> before = record.dynamodb().oldImage();
    Map<String, AttributeValue> after = record.dynamodb().newImage();
    // Whoever overwrites a ballot may overwrite its region as well.
    Map<String, AttributeValue> counted = before.isEmpty() ? after : before;
    if (!text(counted, Lease.REGION).equals(region)) {
      return Optional.empty();
    }
    String sort = text(key, Keys.SORT);
    boolean isLogged = elections.hasShard(log);
    if (sort.equals(Keys.LEASE)) {
      // A stale copy that another region's lease replaces is no seal of this region.
      return text(after, Lease.REGION).equals(region)
          ? seal(before, after)
              .map(entry -> new ShardChange(log, isLogged ? entry : forged(sort, after), isLogged))
          : Optional.empty();
    }
    if (!sort.startsWith(Keys.VOTER) && !sort.startsWith(Keys.SECRET)) {
      return Optional.empty();
    }
    String name = sort.substring(sort.indexOf('#') + 1);
    Function<Map<String, AttributeValue>, Optional<Entry.Kind>> kind =
        row -> elections.kind(log, sort, row);
    return Optional.of(
        new ShardChange(log, ballot(record.eventName(), name, before, after, kind), isLogged));
  }

  private static Optional<Entry> seal(
      Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    boolean isSealed = after.containsKey(Lease.SEALED) && !before.containsKey(Lease.SEALED);
    return isSealed
        ? Optional.of(new Entry(Entry.Kind.SEALED, "", "", "", text(after, Lease.EPOCH)))
        : Optional.empty();
  }

  private static Entry ballot(
      OperationType operation,
      String name,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> after,
      Function<Map<String, AttributeValue>, Optional<Entry.Kind>> kind) {
    return switch (operation) {
      case INSERT -> entry(kind.apply(after).orElse(Entry.Kind.FORGED), name, after);
      case REMOVE -> {
        Entry removed = entry(Entry.Kind.REMOVED, name, before);
        yield new Entry(removed.kind(), name, "", removed.cast(), removed.epoch());
      }
      default -> {
        if (!isSuperseded(before, after)) {
          yield entry(Entry.Kind.CHANGED, name, after);
        }
        // What was never counted is not taken back.
        boolean wasCounted = kind.apply(before).filter(Entry.Kind.CAST::equals).isPresent();
        yield wasCounted ? entry(Entry.Kind.SUPERSEDED, name, before) : forged(name, before);
      }
    };
  }

  /**
   * Returns what a row of a voter, or a ballot, means for the count where its key was free.
   *
   * @param log of the shard in the region that accepted the row
   */
  static Entry added(LogId log, String sort, Map<String, AttributeValue> row, Paper elections) {
    String name = sort.substring(sort.indexOf('#') + 1);
    return entry(elections.kind(log, sort, row).orElse(Entry.Kind.FORGED), name, row);
  }

  private static Entry forged(String voter, Map<String, AttributeValue> row) {
    return entry(Entry.Kind.FORGED, voter, row);
  }

  /** Returns whether a ballot gave way to one that another region accepted under a later lease. */
  private static boolean isSuperseded(
      Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    return !text(before, Lease.REGION).equals(text(after, Lease.REGION))
        && epoch(after) > epoch(before);
  }

  /** Returns the epoch of a row; 0, which no lease has, when it has none. */
  static long epoch(Map<String, AttributeValue> row) {
    try {
      return Long.parseLong(text(row, Lease.EPOCH));
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }

  private static Entry entry(Entry.Kind kind, String voter, Map<String, AttributeValue> row) {
    return new Entry(
        kind,
        voter,
        start(text(row, Ballot.CANDIDATE)),
        start(text(row, Ballot.CAST)),
        start(text(row, Lease.EPOCH)));
  }

  /** Returns a text, or its beginning when it is longer than any part of a ballot. */
  private static String start(String text) {
    return text.substring(0, Math.min(text.length(), Election.MAX_CANDIDATE_LENGTH));
  }

  /** Returns an attribute as text; empty when a row that somebody else wrote has none. */
  static String text(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(row.get(name))
        .map(value ->
            Optional.ofNullable(value.s()).or(() -> Optional.ofNullable(value.n())).orElse(""))
        .orElse("");
  }
}
