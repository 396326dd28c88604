package org.ostraka.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The encrypted bytes of one connection. Between two calls it keeps only what has arrived of an
 * incomplete record, since there are many idle connections. The connection's thread.
 */
final class TlsStream implements DataWriter {
  /** RFC 8446, section 5.1: type, version, and two bytes of length. */
  private static final int RECORD_HEADER_BYTES = 5;

  private static final byte HANDSHAKE_RECORD = 22;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final byte[] NO_BYTES = new byte[0];

  private final HelidonSocket plain;
  private final SSLEngine engine;
  private final TlsPort port;
  private byte[] arrived = NO_BYTES;
  private boolean handshakeIsDone;

  TlsStream(HelidonSocket plain, TlsPort port) {
    this.plain = plain;
    this.engine = port.newEngine();
    this.port = port;
  }

  /** How a handshake ended. */
  enum Outcome {
    DONE,
    /** The client sent something else than TLS, such as plain HTTP. */
    NOT_TLS,
    /** The client and the server do not agree, or the client is gone. */
    FAILED
  }

  /** Carries the handshake out. After a failure the client has been told why. */
  Outcome handshake() {
    if (!receiveMore()) {
      return Outcome.FAILED;
    }
    if (arrived[0] != HANDSHAKE_RECORD) {
      return Outcome.NOT_TLS;
    }
    try {
      engine.beginHandshake();
      boolean goesOn = true;
      while (goesOn && isHandshaking(engine.getHandshakeStatus())) {
        goesOn = step(engine.getHandshakeStatus());
      }
      handshakeIsDone = goesOn;
      return goesOn ? Outcome.DONE : Outcome.FAILED;
    } catch (SSLException _) {
      sayGoodbye();
      return Outcome.FAILED;
    }
  }

  /** Returns the certificate that the client has shown, which is verified. */
  Optional<X509Certificate> clientCertificate() {
    try {
      Certificate[] chain = engine.getSession().getPeerCertificates();
      return Optional.of((X509Certificate) chain[0]);
    } catch (SSLPeerUnverifiedException _) {
      return Optional.empty();
    }
  }

  /** Returns the name of the version, such as {@code TLSv1.3}. */
  String version() {
    return engine.getSession().getProtocol();
  }

  /** Returns the name of the cipher suite. */
  String cipherSuite() {
    return engine.getSession().getCipherSuite();
  }

  /**
   * Waits for the next bytes of the client.
   *
   * @return null at the end of the stream
   */
  byte @Nullable [] receive() {
    try {
      while (!engine.isInboundDone()) {
        int record = recordLength();
        if (record > 0) {
          byte[] content = unwrapped(record);
          if (content.length > 0) {
            return content;
          }
        } else if (!receiveMore()) {
          return null;
        }
      }
      return null;
    } catch (SSLException broken) {
      sayGoodbye();
      throw new CloseConnectionException("the client does not keep to TLS", broken);
    }
  }

  @Override
  public void write(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    writeNow(buffer);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    byte[] bytes = buffer.readBytes();
    ByteBuffer content = ByteBuffer.wrap(bytes);
    try {
      while (content.hasRemaining()) {
        if (wrap(content).getStatus() == SSLEngineResult.Status.CLOSED) {
          throw new CloseConnectionException("the encrypted stream has ended");
        }
      }
    } catch (SSLException broken) {
      throw new CloseConnectionException("cannot encrypt", broken);
    }
  }

  /** Tells the client that nothing more follows, or why the handshake failed. */
  void sayGoodbye() {
    engine.closeOutbound();
    try {
      while (!engine.isOutboundDone()) {
        wrap(NOTHING);
      }
    } catch (SSLException | UncheckedIOException _) {
      // The client is gone, or gets no alert.
    }
  }

  /** Does what the handshake needs next. Returns whether it goes on. */
  private boolean step(HandshakeStatus status) throws SSLException {
    switch (status) {
      case NEED_TASK -> port.compute(engine);
      case NEED_WRAP -> {
        return wrap(NOTHING).getStatus() != SSLEngineResult.Status.CLOSED;
      }
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
        int record = recordLength();
        if (record > 0) {
          unwrap(record);
          return !engine.isInboundDone();
        }
        return receiveMore();
      }
      case NOT_HANDSHAKING, FINISHED -> {
        // Nothing is left to do.
      }
    }
    return true;
  }

  private static boolean isHandshaking(HandshakeStatus status) {
    return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
  }

  /** Returns the length of the first record that has arrived, or 0 while it is incomplete. */
  private int recordLength() {
    if (arrived.length < RECORD_HEADER_BYTES) {
      return 0;
    }
    int content = ((arrived[3] & 0xff) << Byte.SIZE) | (arrived[4] & 0xff);
    int record = RECORD_HEADER_BYTES + content;
    // A record that is too long is given to the engine, which refuses it by its header.
    boolean isTooLong = record > engine.getSession().getPacketBufferSize();
    return isTooLong || arrived.length >= record ? Math.min(record, arrived.length) : 0;
  }

  /** Decrypts a record, and does at once what it asks for. */
  private byte[] unwrapped(int record) throws SSLException {
    byte[] content = unwrap(record);
    while (isHandshaking(engine.getHandshakeStatus()) && !engine.isInboundDone()) {
      if (handshakeIsDone && !version().equals("TLSv1.3")) {
        // In TLS 1.2 it is a new handshake, which costs the server more than the client.
        throw new SSLException("renegotiation is refused");
      }
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
        break;
      }
      if (!step(engine.getHandshakeStatus())) {
        break;
      }
    }
    return content;
  }

  private byte[] unwrap(int record) throws SSLException {
    ByteBuffer from = ByteBuffer.wrap(arrived, 0, record);
    byte[] content = new byte[record];
    ByteBuffer to = ByteBuffer.wrap(content);
    engine.unwrap(from, to);
    arrived =
        from.position() == arrived.length
            ? NO_BYTES
            : Arrays.copyOfRange(arrived, from.position(), arrived.length);
    return to.position() == record ? content : Arrays.copyOf(content, to.position());
  }

  private SSLEngineResult wrap(ByteBuffer content) throws SSLException {
    byte[] record = port.takeBuffer(engine.getSession().getPacketBufferSize());
    try {
      ByteBuffer to = ByteBuffer.wrap(record);
      SSLEngineResult result = engine.wrap(content, to);
      if (to.position() > 0) {
        plain.write(BufferData.create(record, 0, to.position()));
      }
      return result;
    } finally {
      port.giveBuffer(record);
    }
  }

  /** Waits for more bytes. Returns whether there are any. */
  private boolean receiveMore() {
    byte[] more;
    try {
      more = plain.get();
    } catch (UncheckedIOException e) {
      throw new CloseConnectionException("lost the client", e);
    }
    if (more == null) {
      return false;
    }
    if (arrived.length == 0) {
      arrived = more;
    } else {
      byte[] both = Arrays.copyOf(arrived, arrived.length + more.length);
      System.arraycopy(more, 0, both, arrived.length, more.length);
      arrived = both;
    }
    return true;
  }
}
