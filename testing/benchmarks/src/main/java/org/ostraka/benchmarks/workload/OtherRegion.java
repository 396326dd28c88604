package org.ostraka.benchmarks.workload;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.ostraka.benchmarks.load.Caller;
import org.ostraka.benchmarks.load.LoadFailedException;

/**
 * The replica of the table {@link Table#STREAMED} in another region, by another process. One
 * thread.
 */
public final class OtherRegion implements AutoCloseable {
  /** The region of the load generator's requests. */
  public static final String OWN = "us-east-1";

  /** The other region. */
  public static final String NAME = "eu-west-1";

  private static final String TABLE = Table.STREAMED.tableName();

  private final URI endpoint;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Connects to the process of the other region. */
  public OtherRegion(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Adds the replica, by a request to the process of the own region. */
  public static void add(URI own) throws IOException {
    try (Caller caller = new Caller(own)) {
      Caller.Answer answer =
          caller.call(
              "UpdateTable",
              "{\"TableName\":\"%s\",\"ReplicaUpdates\":[{\"Create\":{\"RegionName\":\"%s\"}}]}"
                  .formatted(TABLE, NAME));
      if (!answer.isSuccess()) {
        throw new LoadFailedException("no replica: " + answer.summary());
      }
    }
  }

  /** Returns whether the replica is there, and has the items of before. */
  public static boolean isActive(URI own) throws IOException {
    try (Caller caller = new Caller(own)) {
      return caller
          .call("DescribeTable", "{\"TableName\":\"%s\"}".formatted(TABLE))
          .summary()
          .contains("\"ReplicaStatus\":\"ACTIVE\"");
    }
  }

  /** Returns whether the replica has an item with this key. */
  public boolean has(String key) throws IOException {
    String body =
        "{\"TableName\":\"%s\",\"Key\":{\"id\":{\"S\":\"%s\"}},\"ConsistentRead\":true}"
            .formatted(TABLE, key);
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("X-Amz-Target", "DynamoDB_20120810.GetItem")
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Date", "20260101T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=bench/20260101/%s/dynamodb/aws4_request,"
                        .formatted(NAME)
                    + " SignedHeaders=host;x-amz-date, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 && answer.body().contains("\"Item\"");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
