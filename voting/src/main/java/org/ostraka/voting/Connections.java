package org.ostraka.voting;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.voting.election.VoteTable;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The options that say where the table is, and the clients made from them. */
final class Connections {
  static final Option<List<String>> REGIONS =
      Option.repeatable(
          "--region",
          Kind.text("REGION=URL"),
          "A region and the URL of its DynamoDB endpoint; the own region first.");
  static final Option<String> TABLE =
      Option.withDefault("--table", Kind.text("NAME"), "voting", "The table.");
  static final Option<String> ELECTION =
      Option.required("--election", Kind.text("ID"), "The election's id.");

  private static final int MAX_CONNECTIONS = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Connections() {}

  static VoteTable table(Arguments given) {
    Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
    for (String text : given.get(REGIONS)) {
      int split = text.indexOf('=');
      if (split < 1) {
        throw new BadArgumentsException("--region is REGION=URL, not " + text);
      }
      String region = text.substring(0, split);
      if (clients.putIfAbsent(region, client(region, text.substring(split + 1))) != null) {
        throw new BadArgumentsException("--region " + region + " is given twice");
      }
    }
    if (clients.isEmpty()) {
      throw new BadArgumentsException("--region is missing");
    }
    return new VoteTable(given.get(TABLE), clients);
  }

  private static DynamoDbClient client(String region, String endpoint) {
    try {
      return DynamoDbClient.builder()
          .region(Region.of(region))
          .endpointOverride(URI.create(endpoint))
          .httpClientBuilder(Apache5HttpClient.builder().maxConnections(MAX_CONNECTIONS))
          .overrideConfiguration(it -> it.apiCallTimeout(PATIENCE))
          .build();
    } catch (IllegalArgumentException malformed) {
      throw new BadArgumentsException("no URL: " + endpoint);
    }
  }

  /** Waits without keeping a processor busy. */
  static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
