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
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The options that say where the table is, and the clients made from them. */
final class Connections {
  static final Option<List<String>> REGIONS =
      Option.repeatable(
          "--region",
          Kind.text("REGION=URL"),
          "A region and the URL of its DynamoDB endpoint; the own region first.");
  static final Option<List<String>> STREAMS =
      Option.repeatable(
          "--streams",
          Kind.text("REGION=URL"),
          "The endpoint of a region's streams, where it is another one than its DynamoDB's.");
  static final Option<String> TABLE =
      Option.withDefault("--table", Kind.text("NAME"), "voting", "The table.");
  static final Option<String> ELECTION =
      Option.required("--election", Kind.text("ID"), "The election's id.");

  static final Option<List<String>> WITHOUT =
      Option.repeatable(
          "--without",
          Kind.text("REGION"),
          "A region that the election office has given up: it is not asked.");

  private static final int MAX_CONNECTIONS = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  // The SDK's nine would keep a vote's place on the server for seconds while a region is away;
  // voters and counters repeat what failed anyway.
  private static final int MAX_ATTEMPTS = 3;

  private Connections() {}

  static VoteTable table(Arguments given) {
    Map<String, URI> endpoints = endpoints(REGIONS, given);
    if (endpoints.isEmpty()) {
      throw new BadArgumentsException("--region is missing");
    }
    return table(given.get(TABLE), endpoints);
  }

  static VoteTable table(String name, Map<String, URI> endpoints) {
    Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
    endpoints.forEach((region, url) -> clients.put(region, client(region, url)));
    return new VoteTable(name, clients);
  }

  static Map<String, DynamoDbStreamsClient> streams(Arguments given) {
    Map<String, URI> endpoints = new LinkedHashMap<>(endpoints(REGIONS, given));
    endpoints.putAll(endpoints(STREAMS, given));
    Map<String, DynamoDbStreamsClient> clients = new LinkedHashMap<>();
    endpoints.forEach((region, url) -> clients.put(region, stream(region, url)));
    return clients;
  }

  static DynamoDbStreamsClient stream(String region, URI endpoint) {
    return DynamoDbStreamsClient.builder()
        .region(Region.of(region))
        .endpointOverride(endpoint)
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(MAX_CONNECTIONS))
        .overrideConfiguration(Connections::configure)
        .build();
  }

  private static Map<String, URI> endpoints(Option<List<String>> option, Arguments given) {
    Map<String, URI> endpoints = new LinkedHashMap<>();
    for (String text : given.get(option)) {
      int split = text.indexOf('=');
      if (split < 1) {
        throw new BadArgumentsException(option.name() + " is REGION=URL, not " + text);
      }
      String region = text.substring(0, split);
      if (endpoints.putIfAbsent(region, url(text.substring(split + 1))) != null) {
        throw new BadArgumentsException(option.name() + " " + region + " is given twice");
      }
    }
    return endpoints;
  }

  /**
   * Reads the address of a server of the voting system.
   *
   * @throws BadArgumentsException if it is none, or has a path, which no server has
   */
  static URI server(String text) {
    URI url = url(text);
    if (!(url.getRawPath().isEmpty() || url.getRawPath().equals("/"))
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new BadArgumentsException("a server's URL has no path: " + text);
    }
    return url;
  }

  /**
   * Reads a URL.
   *
   * @throws BadArgumentsException if it has no scheme or host
   */
  static URI url(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException malformed) {
      throw new BadArgumentsException("no URL: " + text);
    }
    if (url.getScheme() == null || url.getHost() == null) {
      throw new BadArgumentsException("no URL: " + text);
    }
    return url;
  }

  private static void configure(ClientOverrideConfiguration.Builder client) {
    client
        .apiCallTimeout(PATIENCE)
        .retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(MAX_ATTEMPTS).build());
  }

  private static DynamoDbClient client(String region, URI endpoint) {
    return DynamoDbClient.builder()
        .region(Region.of(region))
        .endpointOverride(endpoint)
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(MAX_CONNECTIONS))
        .overrideConfiguration(Connections::configure)
        .build();
  }

  /** Waits without keeping a processor busy. */
  static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
