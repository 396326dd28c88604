package org.ostraka.voting.count;

import java.time.Instant;
import java.util.Map;
import org.ostraka.voting.audit.Entry;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Names a row of a tally: the votes of one minute, or what else happened to shards. Immutable.
 *
 * <p>A tally is in {@link #PARTS} parts, by the shard of the stream, so that counters of different
 * shards seldom wait for each other.
 */
record TallyKey(String partition, String sort) {
  /** Into how many partitions the tally of an election and region is spread. */
  static final int PARTS = 16;

  static final String MINUTE = "MINUTE#";
  static final String CANDIDATE = "votes:";

  private static final String SHARDS = "SHARDS";

  static TallyKey ofMinute(String election, String region, int part, Instant minute) {
    return new TallyKey(partition(election, region, part), MINUTE + minute);
  }

  static TallyKey ofShards(String election, String region, int part) {
    return new TallyKey(partition(election, region, part), SHARDS);
  }

  static String partition(String election, String region, int part) {
    return "TALLY#" + election + "#" + region + "#" + part;
  }

  /** Returns the part in which a shard of a stream is counted, or whatever else has a name. */
  static int part(String name) {
    return Math.floorMod(name.hashCode(), PARTS);
  }

  /** Returns whether this is the row of what happened to shards. */
  boolean isOfShards() {
    return sort.equals(SHARDS);
  }

  /** Returns the attribute in which an entry is counted. */
  static String counter(Entry entry) {
    return entry.isVote() ? CANDIDATE + entry.candidate() : entry.kind().name();
  }

  Map<String, AttributeValue> row() {
    return Map.of(Keys.PARTITION, Attributes.of(partition), Keys.SORT, Attributes.of(sort));
  }
}
