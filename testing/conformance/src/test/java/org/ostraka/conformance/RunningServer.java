package org.ostraka.conformance;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A server for all tests of a class, on an empty data directory. Register it in a static field. One
 * thread uses it.
 */
final class RunningServer implements BeforeAllCallback, AfterAllCallback {

  private final List<DynamoDbClient> clients = new ArrayList<>();
  private @Nullable Path directory;
  private @Nullable OstrakaProcess process;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("ostraka");
    process = OstrakaProcess.serve(directory.resolve("data"));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    clients.forEach(DynamoDbClient::close);
    process.close();
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
