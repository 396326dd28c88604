package org.ostraka.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.ostraka.server.tls.ClientTlsFiles;
import org.ostraka.storage.rocksdb.DataDirectoryException;

/** Starts whole servers on the loopback address, which take any credential. Stateless. */
final class LoopbackServer {
  private static final String TABLE =
      "{'TableName': 'votes', 'BillingMode': 'PAY_PER_REQUEST',"
          + " 'AttributeDefinitions': [{'AttributeName': 'id', 'AttributeType': 'S'}],"
          + " 'KeySchema': [{'AttributeName': 'id', 'KeyType': 'HASH'}]}";

  private LoopbackServer() {}

  /** Starts a server in memory. */
  static OstrakaServer start(Set<Region> regions, int port, Map<Region, URI> peers)
      throws DataDirectoryException {
    return start(new StoreLocation.InMemory(), regions, port, peers(peers, false));
  }

  /** Starts a server. */
  static OstrakaServer start(StoreLocation store, Set<Region> regions, int port, PeerSettings peers)
      throws DataDirectoryException {
    return OstrakaServer.start(
        new ServerSettings(
            InetAddress.getLoopbackAddress(),
            port,
            AllowedHosts.LOOPBACK,
            AllowedOrigins.LOCALHOST,
            store,
            false,
            ServerSettings.DEFAULT_BLOCK_CACHE_BYTES,
            regions,
            Accounts.single(Accounts.DEFAULT_ACCOUNT),
            PrincipalSettings.NONE,
            0,
            new DeliveryTargets(Optional.empty(), DeliverySettings.NONE, peers),
            Protection.NONE,
            Encryption.NONE,
            EngineSettings.DEFAULT,
            Optional.empty()),
        _ -> {});
  }

  static PeerSettings peers(Map<Region, URI> peers, boolean changesRegions) {
    return new PeerSettings(
        peers,
        Optional.empty(),
        ClientTlsFiles.NONE,
        Optional.empty(),
        List.of(),
        false,
        RegionFaults.NONE,
        changesRegions);
  }

  /** Creates the table votes. */
  static String createVotes(OstrakaServer server, Region region) throws Exception {
    return post(server, region, "CreateTable", TABLE);
  }

  /** Sends a request; single quotes stand for double ones. */
  static String post(OstrakaServer server, Region region, String operation, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url(server.port()))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("X-Amz-Date", "20260101T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/"
                    + region
                    + "/dynamodb/aws4_request, SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }
}
