package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.config.DeliveryTargets;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.Protection;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedOrigins;
import org.ostraka.storage.rocksdb.DataDirectory;
import org.ostraka.storage.rocksdb.DataDirectoryException;
import org.ostraka.testkit.port.ReservedPort;

/**
 * Starts a whole server in this process, closes it and starts it again, and checks what it
 * releases.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OstrakaServerTest {
  private static final String CREATE =
      """
      {"TableName":"orders","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],\
      "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}\
      """;
  private static final String PUT = "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"1\"}}}";
  private static final String GET = "{\"TableName\":\"orders\",\"Key\":{\"id\":{\"S\":\"1\"}}}";
  private static final String FOUND = "{\"Item\":{\"id\":{\"S\":\"1\"}}}";

  @TempDir Path parent;

  @Test
  void serverInMemoryForgetsWhenItIsClosed() throws Exception {
    try (OstrakaServer server = start(Optional.empty(), 0)) {
      fill(server);
      assertThat(call(server, "GetItem", GET)).isEqualTo(FOUND);
    }
    try (OstrakaServer server = start(Optional.empty(), 0)) {
      assertThat(call(server, "ListTables", "{}")).isEqualTo("{\"TableNames\":[]}");
    }
  }

  @Test
  void serverOnDiskRemembersItemsAndSizes() throws Exception {
    try (OstrakaServer server = start(data(), 0)) {
      fill(server);
    }
    for (int i = 0; i < 2; i++) {
      try (OstrakaServer server = start(data(), 0)) {
        assertThat(call(server, "GetItem", GET)).isEqualTo(FOUND);
        assertThat(call(server, "DescribeTable", "{\"TableName\":\"orders\"}"))
            .contains("\"ItemCount\":1,");
      }
    }
  }

  @Test
  void closedServerHasLetGoOfPortAndDirectory() throws Exception {
    try (ReservedPort reserved = new ReservedPort()) {
      int port = reserved.number();
      OstrakaServer server = start(data(), port);
      assertThat(call(port, "ListTables", "{}")).contains("TableNames");
      server.close();
      assertThatCode(server::close).doesNotThrowAnyException();
      assertThatThrownBy(() -> call(port, "ListTables", "{}")).isInstanceOf(IOException.class);
      DataDirectory.open(data().orElseThrow()).close();
      start(data(), port).close();
    }
  }

  @Test
  void portInUseIsToldAndNothingIsKept() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(data(), taken.getLocalPort()))
          .isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(() -> start(Optional.empty(), taken.getLocalPort()))
          .isInstanceOf(UncheckedIOException.class);
    }
    start(data(), 0).close();
  }

  @Test
  void secondStartOnADirectoryIsRefusedAndTheFirstGoesOn() throws Exception {
    try (OstrakaServer first = start(data(), 0)) {
      fill(first);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> start(data(), 0))
            .isInstanceOf(DataDirectoryException.class)
            .hasMessage(data().orElseThrow() + " is in use by another Ostraka process");
      }
      assertThat(call(first, "GetItem", GET)).isEqualTo(FOUND);
      assertThat(call(first, "PutItem", PUT)).isEqualTo("{}");
    }
  }

  private Optional<Path> data() {
    return Optional.of(parent.resolve("data"));
  }

  private static OstrakaServer start(Optional<Path> data, int port) throws DataDirectoryException {
    ServerSettings settings =
        new ServerSettings(
            InetAddress.getLoopbackAddress(),
            port,
            AllowedHosts.LOOPBACK,
            AllowedOrigins.LOCALHOST,
            data.<StoreLocation>map(StoreLocation.InDirectory::new)
                .orElseGet(StoreLocation.InMemory::new),
            false,
            ServerSettings.DEFAULT_BLOCK_CACHE_BYTES,
            Set.of(),
            Accounts.single(Accounts.DEFAULT_ACCOUNT),
            PrincipalSettings.NONE,
            0,
            DeliveryTargets.NONE,
            Protection.NONE,
            Encryption.NONE,
            EngineSettings.DEFAULT,
            data.map(path -> path.resolve(ServerSettings.ARCHIVE)));
    return OstrakaServer.start(settings, _ -> {});
  }

  private static void fill(OstrakaServer server) throws Exception {
    assertThat(call(server, "CreateTable", CREATE)).contains("CREATING");
    assertThat(call(server, "PutItem", PUT)).isEqualTo("{}");
  }

  private static String call(OstrakaServer server, String operation, String body) throws Exception {
    return call(server.port(), operation, body);
  }

  private static String call(int port, String operation, String body) throws Exception {
    URI uri =
        new URI(
            "http", null, InetAddress.getLoopbackAddress().getHostAddress(), port, "/", null, null);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Date", "20260301T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260301/eu-central-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }
}
