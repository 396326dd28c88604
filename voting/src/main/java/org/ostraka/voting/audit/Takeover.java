package org.ostraka.voting.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The right to continue the logs and tallies of a region that is lost for good, in one election.
 * Immutable.
 *
 * <p>Its row stays for ever: counters of the region that find it do not count the election any
 * more. Who takes the count over once more gets the next number, and whoever has an older one
 * writes nothing more.
 *
 * @param lost the region whose logs and tallies are continued
 * @param number grows by one whenever somebody takes the count over
 */
public record Takeover(String election, String lost, long number) {
  private static final String NUMBER = "number";
  private static final String BY = "by";
  private static final String TIME = "time";

  /**
   * Takes the count of a lost region over.
   *
   * @param in the region that has the row, and where everything is written that depends on it
   * @throws IllegalStateException if somebody else does so at this moment
   */
  public static Takeover begin(
      VoteTable counts, String in, String election, String lost, Instant now) {
    long before = number(counts, in, election, lost);
    Map<String, AttributeValue> row = new HashMap<>(key(election, lost));
    row.put(NUMBER, Attributes.of(before + 1));
    row.put(BY, Attributes.of(in));
    row.put(TIME, Attributes.of(now.toString()));
    try {
      var _ =
          counts
              .in(in)
              .putItem(it ->
                  it.tableName(counts.name())
                      .item(row)
                      .conditionExpression("attribute_not_exists(PK) OR #number = :before")
                      .expressionAttributeNames(Map.of("#number", NUMBER))
                      .expressionAttributeValues(Map.of(":before", Attributes.of(before))));
    } catch (ConditionalCheckFailedException another) {
      throw new IllegalStateException(
          "somebody else takes over the count of " + lost + " at this moment", another);
    }
    return new Takeover(election, lost, before + 1);
  }

  private static long number(VoteTable counts, String in, String election, String lost) {
    return counts
        .read(in, key(election, lost))
        .map(row -> Attributes.number(row, NUMBER))
        .orElse(0L);
  }

  /** Returns who took the count of a region over last, and when; empty when nobody did. */
  public static Optional<String> describe(
      VoteTable counts, String asked, String election, String lost) {
    return counts
        .read(asked, key(election, lost))
        .map(row ->
            "The count of %s was taken over in %s, the last time at %s"
                .formatted(lost, text(row, BY), text(row, TIME)));
  }

  private static String text(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(row.get(name)).map(AttributeValue::s).orElse("(not said)");
  }

  /** Returns the check that nobody else has taken the count over since. */
  public TransactWriteItem check(VoteTable counts) {
    return TransactWriteItem.builder()
        .conditionCheck(it ->
            it.tableName(counts.name())
                .key(key(election, lost))
                .conditionExpression("#number = :number")
                .expressionAttributeNames(Map.of("#number", NUMBER))
                .expressionAttributeValues(Map.of(":number", Attributes.of(number))))
        .build();
  }

  /**
   * Returns the partition with one row for each election in which the count of a region was taken
   * over. The sort key is the election.
   */
  public static String partition(String lost) {
    return "TAKEOVER#" + lost;
  }

  private static Map<String, AttributeValue> key(String election, String lost) {
    return Map.of(
        Keys.PARTITION, Attributes.of(partition(lost)), Keys.SORT, Attributes.of(election));
  }
}
