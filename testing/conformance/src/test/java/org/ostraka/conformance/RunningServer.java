package org.ostraka.conformance;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.ostraka.testkit.postgres.PostgresServer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A server for all tests of a class, on an empty data directory, or with {@code
 * -Dostraka.store=postgresql} on an empty database. Register it in a static field. One thread uses
 * it.
 */
final class RunningServer implements BeforeAllCallback, AfterAllCallback {

  private static final boolean ON_POSTGRES =
      System.getProperty("ostraka.store", "").equals("postgresql");

  /** 32 bytes in base64. */
  private static final String MASTER_KEY = "A".repeat(43) + "=";

  private final Map<String, String> environment;
  private final List<DynamoDbClient> clients = new ArrayList<>();
  private @Nullable Path directory;
  private @Nullable OstrakaProcess process;
  private @Nullable PostgresServer database;

  /** Makes a server that takes any credentials. */
  RunningServer() {
    this(Map.of());
  }

  private RunningServer(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Makes a server that verifies signatures with the root key. */
  static RunningServer withRootKey() {
    return new RunningServer(RootKey.ENVIRONMENT);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("ostraka");
    process =
        ON_POSTGRES
            ? serveOnPostgres()
            : OstrakaProcess.serve(directory.resolve("data"), environment);
  }

  private OstrakaProcess serveOnPostgres() throws Exception {
    PostgresServer started = PostgresServer.start();
    database = started;
    Path key = Files.writeString(directory.resolve("master.key"), MASTER_KEY);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Map<String, String> all = new HashMap<>(environment);
    all.put("OSTRAKA_STORE", started.url(started.newDatabase()));
    OstrakaProcess server =
        OstrakaProcess.start(all, "serve", "--port", "0", "--master-key", key.toString());
    server.endpoint();
    return server;
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    clients.forEach(DynamoDbClient::close);
    process.close();
    if (database != null) {
      database.close();
    }
    Directories.delete(directory);
  }

  /** Returns the server's endpoint. */
  URI endpoint() throws InterruptedException {
    return process.endpoint();
  }

  /** Returns a client for one region, which is closed with the server. */
  DynamoDbClient client(Region region) throws InterruptedException {
    DynamoDbClient client = SdkClients.connect(endpoint(), region);
    clients.add(client);
    return client;
  }
}
