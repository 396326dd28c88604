package org.ostraka.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.tls.BadCertificateException;
import org.ostraka.server.tls.ClientCertificates;
import org.ostraka.server.tls.TlsContexts;
import org.ostraka.server.tls.TlsFiles;
import org.ostraka.server.work.HeavyWorks;
import org.ostraka.testkit.certificate.CertificateAuthority;
import org.ostraka.testkit.certificate.IssuedCertificate;

/** A real server with TLS on a free loopback port, and clients that trust its authority. */
public final class TlsServer implements AutoCloseable {
  /** Signs the certificates of servers and clients. */
  public static final CertificateAuthority AUTHORITY = CertificateAuthority.create("test root");

  private final Path directory;
  private final TlsContexts contexts;
  private final HttpServer http;

  private TlsServer(Path directory, TlsContexts contexts, HttpServer http) {
    this.directory = directory;
    this.contexts = contexts;
    this.http = http;
  }

  static TlsServer start(Path directory, IssuedCertificate certificate, HttpEndpoint endpoint) {
    return start(directory, certificate, ClientCertificates.OFF, HttpLimits.DEFAULT, endpoint);
  }

  static TlsServer start(
      Path directory,
      IssuedCertificate certificate,
      ClientCertificates clients,
      HttpLimits limits,
      HttpEndpoint endpoint) {
    write(directory, certificate);
    write(directory.resolve("clients.pem"), AUTHORITY.pem());
    boolean asked = clients != ClientCertificates.OFF;
    TlsFiles files =
        new TlsFiles(
            directory.resolve("server.pem"),
            directory.resolve("server.key"),
            asked ? Optional.of(directory.resolve("clients.pem")) : Optional.empty(),
            clients);
    try {
      TlsContexts contexts = TlsContexts.open(files, InstantSource.system());
      HttpSettings settings =
          new HttpSettings(
              InetAddress.getLoopbackAddress(),
              0,
              AllowedHosts.LOOPBACK,
              AllowedOrigins.LOCALHOST,
              AllowedNetworks.ALL,
              limits,
              new FailureLimits(System::nanoTime, 1),
              Optional.of(contexts::newEngine));
      HttpServer http =
          HttpServer.start(
              settings,
              endpoint,
              new Random(1),
              System::nanoTime,
              Thread.ofPlatform().daemon().name("timeouts").factory(),
              HeavyWorks.SHARED);
      return new TlsServer(directory, contexts, http);
    } catch (BadCertificateException e) {
      throw new AssertionError(e);
    }
  }

  /** Replaces the files of the certificate, and lets the server read them. */
  boolean reloadWith(IssuedCertificate certificate) {
    write(directory, certificate);
    return contexts.reload();
  }

  /** Replaces one file, and lets the server read it. */
  boolean reloadWith(String file, String content) {
    write(directory.resolve(file), content);
    return contexts.reload();
  }

  HttpServer http() {
    return http;
  }

  URI address() {
    return URI.create("https://localhost:" + http.port() + "/");
  }

  /** Returns a client that trusts the authority and shows no certificate. */
  public static HttpClient client() {
    return HttpClient.newBuilder().sslContext(trusting(Optional.empty())).build();
  }

  /** Returns a client that shows a certificate. */
  public static HttpClient client(IssuedCertificate certificate) {
    return HttpClient.newBuilder().sslContext(trusting(Optional.of(certificate))).build();
  }

  /** Sends a body and returns the answer's body. */
  String post(HttpClient client, String body) throws IOException, InterruptedException {
    java.net.http.HttpRequest request =
        java.net.http.HttpRequest.newBuilder(address()).POST(BodyPublishers.ofString(body)).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  /** Returns a connection that speaks one version, before its handshake. */
  SSLSocket socket(String version) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            trusting(Optional.empty())
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), http.port());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {version});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(20_000);
    return socket;
  }

  @Override
  public void close() {
    http.close();
  }

  private static SSLContext trusting(Optional<IssuedCertificate> shown) {
    try {
      KeyStore roots = KeyStore.getInstance("PKCS12");
      roots.load(null, null);
      roots.setCertificateEntry("root", AUTHORITY.certificate());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(roots);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown.isPresent() ? keys(shown.get()) : null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyManager[] keys(IssuedCertificate shown)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = new char[0];
    store.setKeyEntry(
        "client", shown.key(), password, shown.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  static void write(Path directory, IssuedCertificate certificate) {
    write(directory.resolve("server.pem"), certificate.chainPem());
    write(directory.resolve("server.key"), certificate.keyPem());
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
