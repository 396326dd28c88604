package org.ostraka.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.server.tls.ClientCertificates;
import org.ostraka.server.tls.TlsContexts;
import org.ostraka.server.tls.TlsFiles;
import org.ostraka.testkit.certificate.CertificateAuthority;
import org.ostraka.testkit.certificate.CertificateAuthority.KeyKind;
import org.ostraka.testkit.certificate.IssuedCertificate;
import org.ostraka.testkit.clock.ManualClock;

class TlsTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir private Path directory;

  private static IssuedCertificate localhost(KeyKind kind) {
    return TlsServer.AUTHORITY.issue("CN=localhost", kind);
  }

  @Test
  void keysOfRsaAndOfEllipticCurvesServe() throws Exception {
    for (KeyKind kind : KeyKind.values()) {
      try (TlsServer server = TlsServer.start(directory, localhost(kind), Servers::echo);
          HttpClient client = TlsServer.client()) {
        assertThat(server.post(client, "ostrakon")).isEqualTo("ostrakon");
      }
    }
  }

  @Test
  void aChainOverAnAuthorityBetweenIsShown() throws Exception {
    IssuedCertificate below =
        TlsServer.AUTHORITY.below("between").issue("CN=localhost", KeyKind.EC);
    assertThat(below.chain()).hasSize(3);
    try (TlsServer server = TlsServer.start(directory, below, Servers::echo);
        HttpClient client = TlsServer.client()) {
      assertThat(server.post(client, "x")).isEqualTo("x");
    }
  }

  @Test
  void bodiesOfManyRecordsPassBothWays() throws Exception {
    String long1 = "0123456789abcdef".repeat(300_000);
    try (TlsServer server = TlsServer.start(directory, localhost(KeyKind.EC), Servers::echo);
        HttpClient client = TlsServer.client()) {
      for (int length : new int[] {1, 16_383, 16_384, 16_385, 100_000, long1.length()}) {
        assertThat(server.post(client, long1.substring(0, length))).hasSize(length);
      }
      assertThat(server.post(client, long1)).isEqualTo(long1);
      assertThat(server.http().connections()).isOne();
    }
  }

  @Test
  void versions12And13AreSpokenAndOthersRefused() throws Exception {
    try (TlsServer server = TlsServer.start(directory, localhost(KeyKind.EC), Servers::echo)) {
      for (String version : List.of("TLSv1.2", "TLSv1.3")) {
        try (SSLSocket socket = server.socket(version)) {
          assertThat(exchange(socket)).startsWith("HTTP/1.1 200");
          assertThat(socket.getSession().getProtocol()).isEqualTo(version);
          assertThat(socket.getSession().getCipherSuite()).containsAnyOf("GCM", "CHACHA20");
        }
      }
      // The JDK's client has no TLS 1.1 by default: this is its greeting, byte for byte.
      try (Client client = new Client(server.http())) {
        client.send(helloOfVersion11());
        byte[] alert = client.receive(7);
        assertThat(alert).containsExactly(21, 3, alert[2], 0, 2, 2, 70); // protocol_version
        assertThat(client.isClosedByServer()).isTrue();
      }
    }
  }

  private static byte[] helloOfVersion11() {
    byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 2 + 2 + 2];
    hello[0] = 22; // a record of a handshake
    hello[1] = 3;
    hello[2] = 1;
    hello[4] = (byte) (hello.length - 5);
    hello[5] = 1; // ClientHello
    hello[8] = (byte) (hello.length - 9);
    hello[9] = 3;
    hello[10] = 2; // TLS 1.1
    hello[45] = 2; // the length of the list of cipher suites, after random and session
    hello[46] = (byte) 0xC0;
    hello[47] = 0x13;
    hello[48] = 1; // one way of compression: none
    return java.util.Arrays.copyOf(hello, 50);
  }

  private static String exchange(SSLSocket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi"
                .getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void theEndOfTheStreamIsAnnounced() throws Exception {
    try (TlsServer server = TlsServer.start(directory, localhost(KeyKind.EC), Servers::echo);
        SSLSocket socket = server.socket("TLSv1.3")) {
      // Without a close_notify alert the JDK's client would throw instead of reporting the end.
      assertThat(exchange(socket)).endsWith("\r\n\r\nhi");
    }
  }

  @Test
  void plainHttpGetsAClearRefusal() throws Exception {
    try (TlsServer server = TlsServer.start(directory, localhost(KeyKind.EC), Servers::echo);
        Client client = new Client(server.http())) {
      Client.Answer answer = client.post("{}").answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("This port speaks TLS");
      client.endOfRequests();
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void onlyTheProtocolOfTheServerIsAgreedOn() throws Exception {
    try (TlsServer server = TlsServer.start(directory, localhost(KeyKind.EC), Servers::echo)) {
      try (SSLSocket socket = server.socket("TLSv1.3")) {
        offer(socket, "h2", "http/1.1");
        assertThat(exchange(socket)).startsWith("HTTP/1.1 200");
        assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
      }
      try (SSLSocket socket = server.socket("TLSv1.3")) {
        offer(socket, "h2");
        assertThatThrownBy(socket::startHandshake)
            .isInstanceOf(SSLHandshakeException.class)
            .hasMessageContaining("no_application_protocol");
      }
    }
  }

  private static void offer(SSLSocket socket, String... protocols) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
  }

  @Test
  void aChangedCertificateServesNewConnectionsAndOpenOnesStay() throws Exception {
    IssuedCertificate first = localhost(KeyKind.EC);
    IssuedCertificate second = localhost(KeyKind.RSA);
    try (TlsServer server = TlsServer.start(directory, first, Servers::echo);
        HttpClient before = TlsServer.client()) {
      assertThat(server.post(before, "1")).isEqualTo("1");
      assertThat(server.reloadWith(second)).isTrue();
      assertThat(server.post(before, "2")).isEqualTo("2");
      assertThat(server.http().connections()).isOne();
      assertThat(shownTo(server)).isEqualTo(second.chain().getFirst());
      assertThat(server.reloadWith(second)).as("nothing has changed").isFalse();
    }
  }

  private static Object shownTo(TlsServer server) throws IOException {
    try (SSLSocket socket = server.socket("TLSv1.3")) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void aBrokenPairKeepsTheOldOne() throws Exception {
    IssuedCertificate good = localhost(KeyKind.EC);
    IssuedCertificate other = localhost(KeyKind.EC);
    try (TlsServer server = TlsServer.start(directory, good, Servers::echo)) {
      assertThat(server.reloadWith("server.pem", other.chainPem())).isFalse();
      assertThat(shownTo(server)).isEqualTo(good.chain().getFirst());
      assertThat(server.reloadWith("server.key", "no key")).isFalse();
      assertThat(server.reloadWith("server.pem", "")).isFalse();
      assertThat(server.reloadWith(TlsServer.AUTHORITY.issueExpired("CN=localhost"))).isFalse();
      assertThat(shownTo(server)).isEqualTo(good.chain().getFirst());
      assertThat(server.reloadWith(other)).isTrue();
      assertThat(shownTo(server)).isEqualTo(other.chain().getFirst());
    }
  }

  @Test
  void aCertificateThatIsNotValidYetServesWhenItIs() throws Exception {
    ManualClock clock = new ManualClock(Instant.now());
    Instant later = clock.instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    TlsServer.write(directory, localhost(KeyKind.EC));
    TlsContexts contexts =
        TlsContexts.open(
            new TlsFiles(
                directory.resolve("server.pem"),
                directory.resolve("server.key"),
                Optional.empty(),
                ClientCertificates.OFF),
            clock);
    TlsServer.write(directory, TlsServer.AUTHORITY.issueFrom("CN=localhost", later));
    assertThat(contexts.reload()).isFalse();
    clock.advance(Duration.ofHours(1));
    assertThat(contexts.reload()).as("the same files, and it is time").isTrue();
    assertThat(contexts.reload()).isFalse();
  }

  @Test
  void clientsWithoutAValidCertificateAreRefusedIfOneIsRequired() throws Exception {
    AtomicReference<Optional<Peer.Encryption>> seen = new AtomicReference<>(Optional.empty());
    HttpEndpoint endpoint =
        request -> {
          seen.set(request.peer().encryption());
          return Servers.echo(request);
        };
    IssuedCertificate known = TlsServer.AUTHORITY.issue("CN=tally, O=Athens", KeyKind.EC);
    IssuedCertificate expired = TlsServer.AUTHORITY.issueExpired("CN=tally, O=Athens");
    IssuedCertificate foreign =
        CertificateAuthority.create("another root").issue("CN=tally, O=Athens", KeyKind.EC);
    try (TlsServer server = requiring(ClientCertificates.REQUIRED, endpoint)) {
      assertServed(server, known);
      assertThat(seen.get().orElseThrow().clientCertificate()).contains(known.chain().getFirst());
      for (IssuedCertificate bad : List.of(expired, foreign)) {
        try (HttpClient client = TlsServer.client(bad)) {
          assertThatThrownBy(() -> server.post(client, "x")).isInstanceOf(IOException.class);
        }
      }
      try (HttpClient client = TlsServer.client()) {
        assertThatThrownBy(() -> server.post(client, "x")).isInstanceOf(IOException.class);
      }
      assertServed(server, known);
    }
    try (TlsServer server = requiring(ClientCertificates.OPTIONAL, endpoint);
        HttpClient client = TlsServer.client()) {
      assertThat(server.post(client, "x")).isEqualTo("x");
      assertThat(seen.get().orElseThrow().clientCertificate()).isEmpty();
      assertServed(server, known);
      assertThat(seen.get().orElseThrow().clientCertificate()).contains(known.chain().getFirst());
    }
  }

  private TlsServer requiring(ClientCertificates clients, HttpEndpoint endpoint) {
    return TlsServer.start(directory, localhost(KeyKind.EC), clients, HttpLimits.DEFAULT, endpoint);
  }

  private static void assertServed(TlsServer server, IssuedCertificate certificate)
      throws Exception {
    try (HttpClient client = TlsServer.client(certificate)) {
      assertThat(server.post(client, "x")).isEqualTo("x");
    }
  }

  @Test
  void handshakesThatDoNotEndAreClosedAndTakeNoMoreThanTheirPlaces() throws Exception {
    HttpLimits limits = Servers.limits(1000, 20, SHORT, SHORT);
    List<Client> slow = new ArrayList<>();
    try (TlsServer server =
        TlsServer.start(
            directory, localhost(KeyKind.EC), ClientCertificates.OFF, limits, Servers::echo)) {
      for (int i = 0; i < 20; i++) {
        Client client = new Client(server.http());
        slow.add(client);
        if (i % 2 == 0) {
          client.send(new byte[] {22, 3, 1, 1, 0, 1}); // the beginning of a greeting
        }
      }
      Servers.await(() -> server.http().connections() == 20);
      try (Client further = new Client(server.http())) {
        assertThat(further.isClosedByServer()).isTrue();
      }
      for (Client client : slow) {
        assertThat(client.isClosedByServer()).isTrue();
      }
      Servers.await(() -> server.http().connections() == 0);
      try (HttpClient client = TlsServer.client()) {
        assertThat(server.post(client, "x")).isEqualTo("x");
      }
    } finally {
      for (Client client : slow) {
        client.close();
      }
    }
  }

  @Test
  void aStopEndsHandshakesAtOnce() throws Exception {
    TlsServer server = TlsServer.start(directory, localhost(KeyKind.EC), Servers::echo);
    try (Client client = new Client(server.http())) {
      client.send(new byte[] {22, 3, 1});
      Servers.await(() -> server.http().connections() == 1);
      long start = System.nanoTime();
      server.close();
      assertThat(client.isClosedByServer()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void whatIsNoRecordEndsTheConnection() throws Exception {
    try (TlsServer server = TlsServer.start(directory, localhost(KeyKind.EC), Servers::echo)) {
      for (byte[] garbage :
          List.of(
              new byte[] {22, 3, 3, (byte) 0xff, (byte) 0xff, 1, 2, 3},
              new byte[] {22, 3, 3, 0, 4, 1, 0, 0, 0},
              new byte[] {22, 3, 3, 0, 0, 22, 3, 3, 0, 0})) {
        try (Client client = new Client(server.http())) {
          client.send(garbage).endOfRequests();
          assertThat(client.isClosedByServer()).isTrue();
        }
      }
      Servers.await(() -> server.http().connections() == 0);
    }
  }

  @Test
  void aNewHandshakeOnAnOpenConnectionIsRefused() throws Exception {
    try (TlsServer server = TlsServer.start(directory, localhost(KeyKind.EC), Servers::echo);
        SSLSocket socket = server.socket("TLSv1.2")) {
      socket.startHandshake();
      socket.startHandshake(); // begins a renegotiation
      assertThatThrownBy(
              () -> {
                socket.getOutputStream().write(1);
                socket.getInputStream().readAllBytes();
              })
          .isInstanceOf(SSLException.class);
    }
  }
}
