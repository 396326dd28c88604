package org.ostraka.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates as the files have them. A new connection uses the newest ones; an open one keeps
 * those it began with. Any thread.
 */
public final class TlsContexts {
  private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /**
   * HTTP/1.1 is the only protocol of the server, so a client that speaks nothing else is refused in
   * the handshake (RFC 7301).
   */
  private static final String[] PROTOCOLS = {"http/1.1"};

  /**
   * How long a session may be resumed, and so how long a client's certificate is not read again.
   */
  private static final Duration SESSION_LIFETIME = Duration.ofHours(1);

  /** Sessions that are kept for clients without tickets, some kilobytes each. */
  private static final int MAX_SESSIONS = 1_000;

  /** A certificate that expires this soon is worth a warning when it is read. */
  private static final Duration SOON = Duration.ofDays(14);

  private final TlsFiles files;
  private final InstantSource clock;
  private Content lastSeen;
  private String lastProblem = "";
  private volatile Loaded loaded;

  /** The bytes of all files. */
  private record Content(byte[] certificate, byte[] key, byte[] authorities) {
    boolean equalTo(Content other) {
      return Arrays.equals(certificate, other.certificate)
          && Arrays.equals(key, other.key)
          && Arrays.equals(authorities, other.authorities);
    }
  }

  /** Certificates that can be used. */
  private record Loaded(SSLContext context, SSLParameters parameters, ServerCertificate shown) {}

  private TlsContexts(TlsFiles files, InstantSource clock, Content content, Loaded loaded) {
    this.files = files;
    this.clock = clock;
    this.lastSeen = content;
    this.loaded = loaded;
  }

  /** Reads the files. */
  public static TlsContexts open(TlsFiles files, InstantSource clock)
      throws BadCertificateException {
    Content content = content(files);
    Loaded loaded = load(files, content, clock.instant());
    return new TlsContexts(files, clock, content, loaded);
  }

  /** Returns the server's end of a new connection. */
  public SSLEngine newEngine() {
    Loaded now = loaded;
    SSLEngine engine = now.context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(now.parameters);
    return engine;
  }

  /**
   * Reads the files again if they have changed. Files that cannot be used, such as a certificate
   * whose key has not been written yet, leave everything as it is. A problem is reported once.
   *
   * @return whether new connections use other certificates than before
   */
  public synchronized boolean reload() {
    try {
      Content content = content(files);
      if (content.equalTo(lastSeen)) {
        return false;
      }
      // Not noted before it is used: a certificate that is not valid yet becomes so by itself.
      loaded = load(files, content, clock.instant());
      lastSeen = content;
      lastProblem = "";
      LOG.info("new connections use the changed certificate of {}", loaded.shown.subject());
      return true;
    } catch (BadCertificateException unusable) {
      report(unusable.reason());
      return false;
    }
  }

  private void report(String problem) {
    if (!problem.equals(lastProblem)) {
      lastProblem = problem;
      LOG.warn(
          "the changed certificate is not used, the one of {} stays: {}",
          loaded.shown.subject(),
          problem);
    }
  }

  private static Content content(TlsFiles files) throws BadCertificateException {
    Optional<Path> authorities = files.clientAuthorities();
    return new Content(
        bytes(files.certificate()),
        bytes(files.key()),
        authorities.isPresent() ? bytes(authorities.get()) : new byte[0]);
  }

  private static byte[] bytes(Path file) throws BadCertificateException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new BadCertificateException(
          file + " cannot be read (" + unreadable.getClass().getSimpleName() + ")");
    }
  }

  private static Loaded load(TlsFiles files, Content content, Instant now)
      throws BadCertificateException {
    ServerCertificate shown =
        ServerCertificate.read(
            PemFile.of(files.certificate(), content.certificate),
            PemFile.of(files.key(), content.key),
            now);
    TrustManager[] clients = new TrustManager[0];
    if (files.clientAuthorities().isPresent()) {
      clients = trusting(PemFile.of(files.clientAuthorities().get(), content.authorities));
    }
    if (shown.expires().isBefore(now.plus(SOON))) {
      LOG.warn("the certificate of {} expires at {}", shown.subject(), shown.expires());
    }
    try {
      SSLContext context = serverContext(shown, clients);
      return new Loaded(context, parameters(context, files.clientCertificates()), shown);
    } catch (GeneralSecurityException | IOException unusable) {
      throw new BadCertificateException(
          files.certificate() + " cannot be used: " + unusable.getMessage());
    }
  }

  private static SSLContext serverContext(ServerCertificate shown, TrustManager[] clients)
      throws GeneralSecurityException, IOException {
    SSLContext context = context(Optional.of(shown), Optional.of(clients));
    context.getServerSessionContext().setSessionCacheSize(MAX_SESSIONS);
    context.getServerSessionContext().setSessionTimeout((int) SESSION_LIFETIME.toSeconds());
    return context;
  }

  /**
   * Makes a context.
   *
   * @param shown the own certificate; empty to show none
   * @param trusted verifies the other side's; empty to trust the authorities that Java trusts
   */
  static SSLContext context(Optional<ServerCertificate> shown, Optional<TrustManager[]> trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    char[] noPassword = new char[0];
    if (shown.isPresent()) {
      store.setKeyEntry(
          "own",
          shown.get().key(),
          noPassword,
          shown.get().chain().toArray(X509Certificate[]::new));
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, noPassword);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted.orElse(null), null);
    return context;
  }

  static TrustManager[] trusting(PemFile authorities) throws BadCertificateException {
    List<X509Certificate> certificates = authorities.certificates();
    try {
      KeyStore store = emptyStore();
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("authority-" + i, certificates.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException unusable) {
      throw new BadCertificateException(
          authorities.path() + " cannot be used: " + unusable.getMessage());
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static SSLParameters parameters(SSLContext context, ClientCertificates clients) {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setCipherSuites(cipherSuites(context));
    parameters.setUseCipherSuitesOrder(true);
    parameters.setApplicationProtocols(PROTOCOLS);
    switch (clients) {
      case OFF -> parameters.setNeedClientAuth(false);
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    return parameters;
  }

  /**
   * Returns the suites of TLS 1.3, and those of 1.2 with forward secrecy and authenticated data.
   */
  private static String[] cipherSuites(SSLContext context) {
    List<String> suites = new ArrayList<>();
    for (String suite : context.getDefaultSSLParameters().getCipherSuites()) {
      boolean isAuthenticated = suite.contains("_GCM_") || suite.contains("_CHACHA20_");
      boolean isOfVersion13 = !suite.contains("_WITH_");
      if (isAuthenticated && (isOfVersion13 || suite.startsWith("TLS_ECDHE_"))) {
        suites.add(suite);
      }
    }
    return suites.toArray(String[]::new);
  }
}
