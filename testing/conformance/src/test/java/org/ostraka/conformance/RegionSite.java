package org.ostraka.conformance;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.testkit.port.ReservedPort;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A region in a process of its own, which is killed and started again. One thread starts it. */
final class RegionSite implements AutoCloseable {
  private static final String ROOT = "arn:aws:iam::000000000000:root";
  private static final AwsCredentials KEY = AwsBasicCredentials.create(RootKey.ID, RootKey.SECRET);

  private final String region;
  private final ReservedPort port = new ReservedPort();
  private final Path directory;
  private final Map<String, String> keys;
  private final List<String> options;
  private final DynamoDbClient client;
  private @Nullable OstrakaProcess process;

  /**
   * Makes the site; nothing runs yet.
   *
   * @param directory where its data is
   * @param options of the server, whenever it runs
   */
  RegionSite(String region, Path directory, String... options) {
    this(region, directory, KEY, RootKey.ENVIRONMENT, options);
  }

  private RegionSite(
      String region,
      Path directory,
      AwsCredentials key,
      Map<String, String> keys,
      String... options) {
    this.region = region;
    this.directory = directory;
    this.keys = keys;
    this.options = List.of(options);
    this.client = SdkClients.connect(endpoint(), key, Region.of(region));
  }

  /** Makes a site whose server has no keys, so that the client is the root user of an account. */
  static RegionSite ofAccount(String region, String account, Path directory) {
    return new RegionSite(
        region,
        directory,
        AwsBasicCredentials.create(account, "unknown"),
        Map.of(),
        "--account",
        "access-key");
  }

  String region() {
    return region;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port.number());
  }

  DynamoDbClient client() {
    return client;
  }

  /** Begins to start the process; {@link #awaitStart} waits for it. */
  void start(List<RegionSite> all, List<String> faults) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("serve", "--port", Integer.toString(port.number())));
    arguments.addAll(List.of("--region", region));
    arguments.addAll(List.of("--data", directory.resolve(region).toString()));
    arguments.addAll(List.of("--peer-principal", ROOT));
    for (RegionSite other : all) {
      if (other != this) {
        arguments.addAll(List.of("--peer", other.region + "=" + other.endpoint()));
      }
    }
    arguments.addAll(options);
    arguments.addAll(faults);
    process = OstrakaProcess.start(environment(), arguments.toArray(String[]::new));
  }

  void awaitStart() throws InterruptedException {
    var _ = running().endpoint();
  }

  void kill9() throws InterruptedException {
    var _ = running().kill9();
  }

  void terminate() throws InterruptedException {
    var _ = running().terminate();
  }

  private OstrakaProcess running() {
    if (process == null) {
      throw new IllegalStateException(region + " was not started");
    }
    return process;
  }

  /** Returns the items of a table by their ids. */
  Map<String, Map<String, AttributeValue>> items(String table) {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    client
        .scanPaginator(it -> it.tableName(table).consistentRead(true))
        .items()
        .forEach(item -> items.put(item.get("id").s(), item));
    return items;
  }

  /** Returns the entries of an index by the ids of their items. */
  Map<String, Map<String, AttributeValue>> entries(String table, String index) {
    Map<String, Map<String, AttributeValue>> entries = new HashMap<>();
    client
        .scanPaginator(it -> it.tableName(table).indexName(index))
        .items()
        .forEach(entry -> entries.put(entry.get("id").s(), entry));
    return entries;
  }

  /** Returns the replay of the table's stream, from its oldest record to its newest. */
  StreamReplay replay(String table) {
    String arn = client.describeTable(it -> it.tableName(table)).table().latestStreamArn();
    StreamReader reader = new StreamReader(arn);
    try (DynamoDbStreamsClient streams =
        SdkClients.connectToStreams(endpoint(), KEY, Region.of(region))) {
      int before = -1;
      while (reader.replay().records() > before) {
        before = reader.replay().records();
        var _ = reader.read(streams);
      }
    }
    return reader.replay();
  }

  /** Returns what {@code ostraka regions} shows. */
  OstrakaProcess.Ended report() throws InterruptedException {
    try (OstrakaProcess command =
        OstrakaProcess.start(
            Map.of("AWS_ACCESS_KEY_ID", RootKey.ID, "AWS_SECRET_ACCESS_KEY", RootKey.SECRET),
            "regions",
            "--endpoint-url",
            endpoint().toString())) {
      return command.awaitEnd();
    }
  }

  private Map<String, String> environment() {
    Map<String, String> all = new HashMap<>(keys);
    all.put("OSTRAKA_PEER_ACCESS_KEY_ID", RootKey.ID);
    all.put("OSTRAKA_PEER_SECRET_ACCESS_KEY", RootKey.SECRET);
    return all;
  }

  @Override
  public void close() {
    client.close();
    if (process != null) {
      process.close();
    }
    port.close();
  }
}
