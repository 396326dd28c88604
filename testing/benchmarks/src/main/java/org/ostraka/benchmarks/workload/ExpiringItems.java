package org.ostraka.benchmarks.workload;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.benchmarks.load.Caller;
import org.ostraka.benchmarks.load.LoadFailedException;

/** The table {@link Table#EXPIRING}, whose items have all expired. One thread. */
public final class ExpiringItems implements AutoCloseable {
  private static final String TABLE = "\"TableName\":\"" + Table.EXPIRING.tableName() + "\"";
  private static final Pattern ITEMS = Pattern.compile("\"ItemCount\":(\\d+)");
  private static final Pattern COUNT = Pattern.compile("\"Count\":(\\d+)");

  private final Caller caller;

  /** Connects. */
  public ExpiringItems(URI endpoint) throws IOException {
    caller = new Caller(endpoint);
  }

  /** Lets the items expire. */
  public void enable() throws IOException {
    var _ =
        call(
            "UpdateTimeToLive",
            "{%s,\"TimeToLiveSpecification\":{\"Enabled\":true,\"AttributeName\":\"%s\"}}"
                .formatted(TABLE, Table.EXPIRES));
  }

  /** Returns whether the index of expiry times is complete. */
  public boolean isEnabled() throws IOException {
    return call("DescribeTimeToLive", "{" + TABLE + "}").contains("\"ENABLED\"");
  }

  /** Returns how many items the table has, as DescribeTable reports it. */
  public long items() throws IOException {
    return number(ITEMS, call("DescribeTable", "{" + TABLE + "}"));
  }

  /** Refuses a table that still has an item. */
  public void requireEmpty() throws IOException {
    String page = call("Scan", "{" + TABLE + ",\"ConsistentRead\":true,\"Select\":\"COUNT\"}");
    if (number(COUNT, page) != 0 || page.contains("LastEvaluatedKey")) {
      throw new LoadFailedException("there are items left: " + page);
    }
  }

  @Override
  public void close() throws IOException {
    caller.close();
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
