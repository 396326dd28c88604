package org.ostraka.benchmarks.workload;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.benchmarks.load.Caller;
import org.ostraka.benchmarks.load.LoadFailedException;

/**
 * A global secondary index that is added to {@link Table#ITEMS}: its key is the items' first text,
 * so that every write moves an item's row, and it projects all attributes. One thread.
 */
public final class AddedIndex implements AutoCloseable {
  private static final String NAME = "by-first-text";
  private static final String TABLE = "\"TableName\":\"" + Table.ITEMS.tableName() + "\"";
  private static final String ADD =
      """
      {%s,"AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},\
      {"AttributeName":"f0","AttributeType":"S"}],\
      "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"%s",\
      "KeySchema":[{"AttributeName":"f0","KeyType":"HASH"}],\
      "Projection":{"ProjectionType":"ALL"}}}]}\
      """
          .formatted(TABLE, NAME);

  private static final Pattern ITEMS =
      Pattern.compile("\"IndexName\":\"" + NAME + "\".*?\"ItemCount\":(\\d+)");
  private static final Pattern COUNT = Pattern.compile("\"Count\":(\\d+)");
  private static final Pattern LAST_KEY =
      Pattern.compile("\"LastEvaluatedKey\":(\\{(?:[^{}]|\\{[^{}]*\\})*\\})");

  private final Caller caller;

  /**
   * What DescribeTable reports about the index.
   *
   * @param items the number of its items so far
   */
  public record Description(boolean isActive, long items) {}

  /** Connects. */
  public AddedIndex(URI endpoint) throws IOException {
    caller = new Caller(endpoint);
  }

  /** Adds the index with UpdateTable. */
  public void add() throws IOException {
    call("UpdateTable", ADD);
  }

  /** Asks DescribeTable for the index, which must be CREATING or ACTIVE. */
  public Description describe() throws IOException {
    String answer = call("DescribeTable", "{" + TABLE + "}");
    boolean active = answer.contains("\"IndexStatus\":\"ACTIVE\"");
    if (!active && !answer.contains("\"IndexStatus\":\"CREATING\"")) {
      throw new LoadFailedException("no index that is being added: " + answer);
    }
    return new Description(active, number(ITEMS, answer));
  }

  /** Counts the items of the table with a consistent Scan. */
  public long countTable() throws IOException {
    return count("\"ConsistentRead\":true");
  }

  /** Counts the items of the index with a Scan. */
  public long countIndex() throws IOException {
    return count("\"IndexName\":\"" + NAME + "\"");
  }

  @Override
  public void close() throws IOException {
    caller.close();
  }

  private long count(String what) throws IOException {
    long count = 0;
    Optional<String> after = Optional.empty();
    do {
      String start = after.map(key -> ",\"ExclusiveStartKey\":" + key).orElse("");
      String page = call("Scan", "{%s,%s,\"Select\":\"COUNT\"%s}".formatted(TABLE, what, start));
      count += number(COUNT, page);
      Matcher last = LAST_KEY.matcher(page);
      after = last.find() ? Optional.of(last.group(1)) : Optional.empty();
    } while (after.isPresent());
    return count;
  }

  private String call(String operation, String body) throws IOException {
    Caller.Answer answer = caller.call(operation, body);
    if (!answer.isSuccess()) {
      throw new LoadFailedException("no success: " + answer.summary());
    }
    return answer.summary();
  }

  private static long number(Pattern pattern, String answer) throws LoadFailedException {
    Matcher found = pattern.matcher(answer);
    if (!found.find()) {
      throw new LoadFailedException("no " + pattern + " in " + answer);
    }
    return Long.parseLong(found.group(1));
  }
}
