package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.delivery.settings.DeliverySettings;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.engine.region.Deployments;
import org.ostraka.engine.region.PeerException;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.auth.RootKey;
import org.ostraka.server.config.DeliveryTargets;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.OidcSettings;
import org.ostraka.server.config.PeerSettings;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.Protection;
import org.ostraka.server.config.RegionFaults;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedNetworks;
import org.ostraka.server.http.AllowedOrigins;
import org.ostraka.server.http.TlsServer;
import org.ostraka.server.region.PeerConnections;
import org.ostraka.server.region.PeerSettingsException;
import org.ostraka.server.tls.ClientCertificates;
import org.ostraka.server.tls.ClientTlsFiles;
import org.ostraka.server.tls.TlsContexts;
import org.ostraka.server.tls.TlsFiles;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Store;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.certificate.CertificateAuthority;
import org.ostraka.testkit.certificate.CertificateAuthority.KeyKind;
import org.ostraka.testkit.certificate.IssuedCertificate;
import org.ostraka.testkit.port.ReservedPort;

/** Regions of several processes over TLS: own authorities, certificates, and the file of peers. */
final class PeerTlsTest {
  private static final Region HERE = new Region("us-east-1");
  private static final Region THERE = new Region("eu-west-1");
  private static final String PEER = "arn:aws:iam::111122223333:user/peer";
  private static final TableArn TABLE =
      TableArn.parse("arn:aws:dynamodb:eu-west-1:111122223333:table/votes").orElseThrow();
  private static final String ACCOUNTS =
      """
      {"Accounts": {"111122223333": {"Users": {
        "peer": {},
        "clerk": {"InlinePolicies": {"All": {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}]}}}}}}}
      """;
  private static final String CERTIFICATES =
      """
      {"Certificates": [
        {"Subject": "CN=peer", "Principal": "arn:aws:iam::111122223333:user/peer"},
        {"Subject": "CN=clerk", "Principal": "arn:aws:iam::111122223333:user/clerk"}]}
      """;
  private static final String SCHEMA =
      "'AttributeDefinitions': [{'AttributeName': 'id', 'AttributeType': 'S'}],"
          + " 'KeySchema': [{'AttributeName': 'id', 'KeyType': 'HASH'}],"
          + " 'BillingMode': 'PAY_PER_REQUEST'";

  private static final PeerSettings ALONE =
      new PeerSettings(
          Map.of(),
          Optional.empty(),
          ClientTlsFiles.NONE,
          Optional.empty(),
          List.of(PEER),
          false,
          RegionFaults.NONE);

  private final Store store =
      new VolumeStore(
          new MemoryVolume(MemoryVolume.Steps.SOUND),
          new HybridClock(InstantSource.system()),
          Thread::new,
          _ -> {});

  @TempDir Path directory;

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void twoServersReplicateWithCertificatesAlone() throws Exception {
    try (ReservedPort second = new ReservedPort();
        OstrakaServer here = start(HERE, 0, peers(THERE, second.number(), "peer"));
        OstrakaServer there = start(THERE, second.number(), peers(HERE, here.port(), "peer"));
        HttpClient clerk = TlsServer.client(certificate("CN=clerk"))) {
      post(clerk, here, "CreateTable", "{'TableName': 'votes', " + SCHEMA + "}");
      post(clerk, here, "PutItem", "{'TableName': 'votes', 'Item': {'id': {'S': 'a'}}}");
      post(
          clerk,
          here,
          "UpdateTable",
          "{'TableName': 'votes', 'ReplicaUpdates': [{'Create': {'RegionName': 'eu-west-1'}}]}");
      await(() -> post(clerk, there, "Scan", "{'TableName': 'votes'}").contains("\"Count\":1"));
      post(clerk, there, "PutItem", "{'TableName': 'votes', 'Item': {'id': {'S': 'b'}}}");
      await(() -> post(clerk, here, "Scan", "{'TableName': 'votes'}").contains("\"Count\":2"));
    }
  }

  @Test
  void aCertificateThatStandsForNoPeerBringsNoChanges() throws Exception {
    try (OstrakaServer there = start(THERE, 0, ALONE)) {
      int port = there.port();
      try (PeerConnections connections = open(peers(THERE, port, "clerk"))) {
        assertThatThrownBy(() -> find(connections))
            .isInstanceOf(PeerException.class)
            .hasMessageContaining("user/clerk is not a peer of this server");
      }
      try (PeerConnections connections = open(peers(THERE, port, "somebody"))) {
        assertThatThrownBy(() -> find(connections)).isInstanceOf(PeerException.class);
      }
      try (PeerConnections connections = open(peers(THERE, port, "peer"))) {
        assertThat(find(connections)).isEmpty();
      }
    }
  }

  /** The answer that there is no such table would make the others remove the replica. */
  @Test
  void aProcessDoesNotAnswerForARegionThatItDoesNotServe() throws Exception {
    try (OstrakaServer elsewhere = start(new Region("ap-south-1"), 0, ALONE);
        PeerConnections connections = open(peers(THERE, elsewhere.port(), "peer"))) {
      assertThatThrownBy(() -> find(connections))
          .isInstanceOf(PeerException.class)
          .hasMessageContaining("region eu-west-1 is not served here");
    }
  }

  @Test
  void aServerOfAnotherAuthorityIsNotTrusted() throws Exception {
    Path file = directory.resolve("peers.json");
    write("other-ca.pem", CertificateAuthority.create("another root").pem());
    try (OstrakaServer there = start(THERE, 0, ALONE)) {
      int port = there.port();
      writeCertificate("peer");
      Files.writeString(file, entry(port, "other-ca.pem"));
      try (PeerConnections connections = open(watched(file))) {
        assertThatThrownBy(() -> find(connections)).isInstanceOf(PeerException.class);
        Files.writeString(file, entry(port, "ca.pem"));
        connections.reload();
        assertThat(find(connections)).isEmpty();
      }
    }
  }

  @Test
  void theFileIsReadAgainAndAFileThatCannotBeUsedChangesNothing() throws Exception {
    Path file = directory.resolve("peers.json");
    write("ca.pem", TlsServer.AUTHORITY.pem());
    writeCertificate("peer");
    Files.writeString(file, entry(1, "ca.pem"));
    try (PeerConnections connections = open(watched(file))) {
      var first = connections.peers().get(THERE);
      connections.reload();
      assertThat(connections.peers().get(THERE)).isSameAs(first);

      Files.writeString(file, "{\"Peers\": [");
      connections.reload();
      assertThat(connections.peers().get(THERE)).isSameAs(first);

      writeCertificate("peer"); // the content of the certificate is another one now
      Files.writeString(file, entry(1, "ca.pem"));
      connections.reload();
      assertThat(connections.peers().get(THERE)).isNotSameAs(first);

      Files.writeString(file, "{\"Peers\": [], \"Principals\": [\"" + PEER + "\"]}");
      connections.reload();
      assertThat(connections.peers()).isEmpty();
      assertThat(connections.principals()).containsExactly(PEER);
    }
  }

  @Test
  void whatCannotBeUsedIsRefusedAtTheStart() throws Exception {
    Path file = directory.resolve("peers.json");
    assertRefused(file, "cannot be read (NoSuchFileException)");
    Files.writeString(
        file, "{\"Peers\": [{\"Region\": \"eu-west-1\", \"Url\": \"http://db.example:8000\"}]}");
    assertRefused(file, "http://db.example:8000 is not encrypted; use https");
    Files.writeString(
        file, "{\"Peers\": [{\"Region\": \"us-east-1\", \"Url\": \"https://db.example:8000\"}]}");
    assertRefused(file, "the region us-east-1 is served here");
    Files.writeString(file, entry(1, "absent.pem"));
    assertRefused(file, "absent.pem cannot be read");
  }

  private void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> open(watched(file)).close())
        .isInstanceOf(PeerSettingsException.class)
        .hasMessageContaining(why);
  }

  private static Optional<?> find(PeerConnections connections) {
    return connections.peers().get(THERE).find(TABLE);
  }

  private PeerConnections open(PeerSettings settings) {
    return PeerConnections.open(
        settings,
        Set.of(HERE),
        InstantSource.system(),
        Deployments.open(store, List::of, UUID::randomUUID));
  }

  private static String entry(int port, String authority) {
    return """
    {"Peers": [{"Region": "eu-west-1", "Url": "https://localhost:%d", "Authority": "%s",
      "Certificate": "peer.pem", "Key": "peer.key"}]}
    """
        .formatted(port, authority);
  }

  private static PeerSettings watched(Path file) {
    return new PeerSettings(
        Map.of(),
        Optional.of(file),
        ClientTlsFiles.NONE,
        Optional.empty(),
        List.of(),
        false,
        RegionFaults.NONE);
  }

  /** Returns settings that show the certificate of this name to a region. */
  private PeerSettings peers(Region region, int port, String name) throws IOException {
    writeCertificate(name);
    return new PeerSettings(
        Map.of(region, URI.create("https://localhost:" + port)),
        Optional.empty(),
        new ClientTlsFiles(
            Optional.of(write("ca.pem", TlsServer.AUTHORITY.pem())),
            Optional.of(directory.resolve(name + ".pem")),
            Optional.of(directory.resolve(name + ".key"))),
        Optional.empty(),
        List.of(PEER),
        false,
        RegionFaults.NONE);
  }

  private void writeCertificate(String name) throws IOException {
    IssuedCertificate shown = certificate("CN=" + name);
    write(name + ".pem", shown.chainPem());
    write(name + ".key", shown.keyPem());
  }

  private static IssuedCertificate certificate(String name) {
    return TlsServer.AUTHORITY.issue(name, KeyKind.EC);
  }

  private OstrakaServer start(Region region, int port, PeerSettings peers) throws Exception {
    IssuedCertificate own = certificate("CN=localhost");
    TlsFiles files =
        new TlsFiles(
            write(region + ".pem", own.chainPem()),
            write(region + ".key", own.keyPem()),
            Optional.of(write("ca.pem", TlsServer.AUTHORITY.pem())),
            ClientCertificates.REQUIRED);
    return OstrakaServer.start(
        new ServerSettings(
            InetAddress.getLoopbackAddress(),
            port,
            AllowedHosts.LOOPBACK,
            AllowedOrigins.LOCALHOST,
            new StoreLocation.InMemory(),
            false,
            ServerSettings.DEFAULT_BLOCK_CACHE_BYTES,
            Set.of(region),
            Accounts.single(Accounts.DEFAULT_ACCOUNT),
            new PrincipalSettings(
                Optional.of(RootKey.of("AKIDROOT", "secret-of-root")),
                false,
                Optional.of(write("iam.json", ACCOUNTS)),
                Map.of(),
                OidcSettings.NONE),
            0,
            new DeliveryTargets(Optional.empty(), DeliverySettings.NONE, peers),
            new Protection(
                AllowedNetworks.ALL,
                Optional.empty(),
                Optional.of(TlsContexts.open(files, InstantSource.system())),
                Optional.of(write("certificates.json", CERTIFICATES))),
            Encryption.NONE,
            EngineSettings.DEFAULT,
            Optional.empty()),
        _ -> {});
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  /** Sends a request; single quotes stand for double ones. */
  private static String post(HttpClient client, OstrakaServer server, String operation, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/"))
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("Content-Type", "application/x-amz-json-1.0")
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 300; i++) {
      if (condition.holds()) {
        return;
      }
      var _ = never.await(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not within half a minute");
  }
}
