package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.delivery.settings.DeliverySettings;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.model.Region;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.config.DeliveryTargets;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.PeerSettings;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.Protection;
import org.ostraka.server.config.RegionFaults;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedOrigins;
import org.ostraka.server.region.PeerSettingsException;
import org.ostraka.server.tls.ClientTlsFiles;

/** The URL of a peer that leads to a server of another region is noticed, and harms no table. */
@Timeout(60)
final class WrongPeerUrlTest {
  private static final Set<Region> HERE = Set.of(new Region("us-east-1"));
  private static final Region THERE = new Region("eu-west-1");
  private static final String TABLE =
      "{'TableName': 'votes', 'BillingMode': 'PAY_PER_REQUEST',"
          + " 'AttributeDefinitions': [{'AttributeName': 'id', 'AttributeType': 'S'}],"
          + " 'KeySchema': [{'AttributeName': 'id', 'KeyType': 'HASH'}]}";
  private static final String ADDITION =
      "{'TableName': 'votes', 'ReplicaUpdates': [{'Create': {'RegionName': 'eu-west-1'}}]}";

  @Test
  void aServerOfAnotherRegionTakesNoReplica() throws Exception {
    try (OstrakaServer elsewhere = start(Set.of(new Region("ap-south-1")), 0, Map.of());
        OstrakaServer here = start(HERE, 0, Map.of(THERE, url(elsewhere.port())))) {
      assertNoReplica(here);
    }
  }

  @Test
  void theUrlOfTheServerItselfTakesNoReplica() throws Exception {
    int port = freePort();
    try (OstrakaServer here = start(HERE, port, Map.of(THERE, url(port)))) {
      assertNoReplica(here);
    }
  }

  /** It would take the region of a peer for its own as soon as it is started without the peer. */
  @Test
  void aServerOfAllRegionsHasNoPeers() {
    assertThatThrownBy(() -> start(Set.of(), 0, Map.of(THERE, url(1))).close())
        .isInstanceOf(PeerSettingsException.class)
        .hasMessageContaining("regions of other processes need --region");
  }

  private static void assertNoReplica(OstrakaServer server) throws Exception {
    assertThat(post(server, "CreateTable", TABLE)).contains("TableDescription");
    assertThat(post(server, "UpdateTable", ADDITION)).contains("InternalServerError");
    assertThat(post(server, "DescribeTable", "{'TableName': 'votes'}"))
        .contains("\"TableStatus\":\"ACTIVE\"")
        .doesNotContain("Replicas");
  }

  /** Sends a request; single quotes stand for double ones. */
  private static String post(OstrakaServer server, String operation, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url(server.port()))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("X-Amz-Date", "20260101T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  private static OstrakaServer start(Set<Region> regions, int port, Map<Region, URI> peers)
      throws Exception {
    PeerSettings settings =
        new PeerSettings(
            peers,
            Optional.empty(),
            ClientTlsFiles.NONE,
            Optional.empty(),
            List.of(),
            false,
            RegionFaults.NONE);
    return OstrakaServer.start(
        new ServerSettings(
            InetAddress.getLoopbackAddress(),
            port,
            AllowedHosts.LOOPBACK,
            AllowedOrigins.LOCALHOST,
            new StoreLocation.InMemory(),
            false,
            ServerSettings.DEFAULT_BLOCK_CACHE_BYTES,
            regions,
            Accounts.single(Accounts.DEFAULT_ACCOUNT),
            PrincipalSettings.NONE,
            0,
            new DeliveryTargets(Optional.empty(), DeliverySettings.NONE, settings),
            Protection.NONE,
            Encryption.NONE,
            EngineSettings.DEFAULT,
            Optional.empty()),
        _ -> {});
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
