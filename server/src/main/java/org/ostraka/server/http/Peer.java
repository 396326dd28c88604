package org.ostraka.server.http;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;

/** The client's end of a connection. Any thread. */
public final class Peer {
  private final InetAddress address;
  private final Optional<Encryption> encryption;
  private volatile boolean proven;

  /**
   * How a connection is encrypted.
   *
   * @param version the version of TLS, such as {@code TLSv1.3}
   * @param cipherSuite the name of the cipher suite
   * @param clientCertificate the verified certificate of the client, if it has shown one
   */
  public record Encryption(
      String version, String cipherSuite, Optional<X509Certificate> clientCertificate) {
    /** Refuses null. */
    public Encryption {
      Objects.requireNonNull(version);
      Objects.requireNonNull(cipherSuite);
      Objects.requireNonNull(clientCertificate);
    }
  }

  /** Makes the end of a connection that is just open. */
  public Peer(InetAddress address, Optional<Encryption> encryption) {
    this.address = Objects.requireNonNull(address);
    this.encryption = Objects.requireNonNull(encryption);
  }

  /** Makes the end of a plain connection from this machine. */
  public static Peer loopback() {
    return new Peer(InetAddress.getLoopbackAddress(), Optional.empty());
  }

  /** Returns the client's address, or that of the last proxy before this server. */
  public InetAddress address() {
    return address;
  }

  /** Returns how the connection is encrypted; empty for plain HTTP. */
  public Optional<Encryption> encryption() {
    return encryption;
  }

  /** Notes that a request on this connection had a valid signature. */
  public void prove() {
    proven = true;
  }

  /** Returns whether a request on this connection has had a valid signature. */
  public boolean isProven() {
    return proven;
  }
}
