package org.ostraka.voting.election;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The keys of all rows of the table. */
public final class Keys {
  public static final String PARTITION = "PK";
  public static final String SORT = "SK";

  /** The sort key of a lease. */
  public static final String LEASE = "LEASE";

  /**
   * How the sort key of a voter's row begins: the ballot, or in a secret election that there is
   * one.
   */
  public static final String VOTER = "USER#";

  /** How the sort key of a ballot of a secret election begins. */
  public static final String SECRET = "BALLOT#";

  /** The partition that lists all elections. */
  static final String ELECTIONS = "ELECTIONS";

  private Keys() {}

  /** Returns the key of a voter's ballot. */
  public static Map<String, AttributeValue> ballot(Election election, String voter) {
    return key(shard(election.id(), election.shardOf(voter)), VOTER + voter);
  }

  /** Returns the key of the ballot with a number, which a region of a secret election accepted. */
  public static Map<String, AttributeValue> secretBallot(
      Election election, String number, String region) {
    return key(shard(election.id(), election.boxOf(number, region)), SECRET + number);
  }

  /** Returns the key of the lease of a shard, which is in the same partition as its ballots. */
  public static Map<String, AttributeValue> lease(String election, int shard) {
    return key(shard(election, shard), LEASE);
  }

  /** Returns the key of what a region granted of the term of a shard's lease. */
  static Map<String, AttributeValue> grant(String election, int shard, String by) {
    return key(shard(election, shard), "GRANT#" + by);
  }

  /** Returns the key of a version of an election. Keys of later versions sort after it. */
  public static Map<String, AttributeValue> election(String id, int version) {
    return key(electionPartition(id), "VERSION#%06d".formatted(version));
  }

  /** Returns the partition that has all versions of an election. */
  static String electionPartition(String id) {
    return "ELECTION#" + id;
  }

  /** Returns the key of an election in the list of all. */
  static Map<String, AttributeValue> listed(String election) {
    return key(ELECTIONS, election);
  }

  /** Returns the key of what the leases of an election follow from. */
  static Map<String, AttributeValue> declaration(String election) {
    return key("DECLARATION#" + election, "LEASES");
  }

  /** Returns the partition of a shard. */
  public static String shard(String election, int shard) {
    return "VOTE#" + election + "#" + shard;
  }

  /** Returns the key of a row. */
  public static Map<String, AttributeValue> of(Map<String, AttributeValue> row) {
    return key(Attributes.text(row, PARTITION), Attributes.text(row, SORT));
  }

  private static Map<String, AttributeValue> key(String partition, String sort) {
    return Map.of(PARTITION, AttributeValue.fromS(partition), SORT, AttributeValue.fromS(sort));
  }
}
