package org.ostraka.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingRequest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.engine.load.Room;
import org.ostraka.server.work.HeavyWork;

/** Reads a request's body within its limit and makes the endpoint's request. Any thread. */
final class RequestReader {

  /**
   * Up to this announced length a body's memory is allocated at once; beyond it, memory grows as
   * bytes arrive.
   */
  private static final int TRUSTED_LENGTH_BYTES = 16 * 1024;

  /** How the media types of Ostraka's own protocols begin. */
  private static final String OWN_TYPES = "application/x-ostraka-";

  private static final byte[] EMPTY = new byte[0];
  private static final int GZIP_BUFFER_BYTES = 8 * 1024;

  private final HttpSettings settings;
  private final int maxBodyBytes;
  private final HeavyWork heavy;

  /** The Host field that was last allowed, null at first. Nearly all requests have the same one. */
  private volatile @Nullable String allowedHost;

  RequestReader(HttpSettings settings, HeavyWork heavy) {
    this.settings = settings;
    this.maxBodyBytes = settings.limits().maxBodyBytes();
    this.heavy = heavy;
  }

  /** Reads the whole request, or throws {@link RefusedException}. */
  HttpRequest read(
      RoutingRequest from, HttpHeaders headers, Connection connection, Room answerRoom) {
    requireAllowed(headers);
    HttpPrologue prologue = from.prologue();
    Coding coding = coding(headers);
    requireAllowedBody(from, connection.peer());
    byte[] wireBody = readBody(from);
    byte[] body = wireBody.length > 0 ? decoded(coding, wireBody, connection.share()) : wireBody;
    Optional<String> query =
        prologue.hasQuery() ? Optional.of(prologue.query().rawValue()) : Optional.empty();
    return new HttpRequest(
        prologue.method().text(),
        prologue.uriPath().rawPath(),
        query,
        headers,
        body,
        wireBody,
        answerRoom,
        connection.peer(),
        connection.nextRequestId());
  }

  /** Refuses header fields that are malformed, and those that name a foreign host or origin. */
  private void requireAllowed(HttpHeaders headers) {
    Optional<String> host = headers.first("Host");
    if (!headers.areWellFormed() || host.isEmpty() || headers.hasSeveral("Host")) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    requireAllowedHost(host.get());
    for (String origin : headers.all("Origin")) {
      if (!settings.origins().allows(origin)) {
        throw new RefusedException(Refusal.ORIGIN_NOT_ALLOWED);
      }
    }
  }

  private void requireAllowedHost(String host) {
    if (host.equals(allowedHost)) {
      return;
    }
    if (!settings.hosts().allows(host)) {
      throw new RefusedException(Refusal.HOST_NOT_ALLOWED);
    }
    allowedHost = host;
  }

  static HttpHeaders headers(Headers from) {
    HttpHeaders.Builder headers = new HttpHeaders.Builder();
    for (Header header : from) {
      if (header.valueCount() == 1) {
        headers.add(header.name(), header.get());
      } else {
        header.allValues().forEach(value -> headers.add(header.name(), value));
      }
    }
    return headers.build();
  }

  /** The compression of a body. */
  private enum Coding {
    IDENTITY,
    GZIP,
    DEFLATE,
    ZSTANDARD
  }

  private static Coding coding(HttpHeaders headers) {
    Optional<String> name = headers.first("Content-Encoding");
    if (name.isEmpty()) {
      return Coding.IDENTITY;
    }
    if (headers.hasSeveral("Content-Encoding")) {
      throw new RefusedException(Refusal.CONTENT_ENCODING_UNKNOWN);
    }
    return switch (name.get().toLowerCase(Locale.ROOT)) {
      case "identity" -> Coding.IDENTITY;
      case "gzip" -> Coding.GZIP;
      case "deflate" -> Coding.DEFLATE;
      case Zstandard.NAME -> zstandard(headers);
      default -> throw new RefusedException(Refusal.CONTENT_ENCODING_UNKNOWN);
    };
  }

  /** Allows Zstandard for bodies of Ostraka's own protocols only. */
  private static Coding zstandard(HttpHeaders headers) {
    boolean isOwn = headers.first("Content-Type").orElse("").startsWith(OWN_TYPES);
    if (!isOwn || !Zstandard.isAvailable()) {
      throw new RefusedException(Refusal.CONTENT_ENCODING_UNKNOWN);
    }
    return Coding.ZSTANDARD;
  }

  /** Refuses to read a large body of a client that has sent too many of excessive size. */
  private void requireAllowedBody(RoutingRequest from, Peer peer) {
    boolean isSmall =
        !from.headers().contains(HeaderNames.TRANSFER_ENCODING)
            && from.headers().contentLength().orElse(0) <= HttpLimits.UNCOUNTED_BODY_BYTES;
    if (!isSmall && !peer.isProven() && !settings.failures().maySendLargeBody(peer.address())) {
      throw new RefusedException(Refusal.OVERLOADED);
    }
  }

  private byte[] readBody(RoutingRequest from) {
    OptionalLong announced = from.headers().contentLength();
    if (!from.headers().contains(HeaderNames.TRANSFER_ENCODING) && announced.orElse(0) == 0) {
      return EMPTY;
    }
    try {
      // Not closed, since closing would read a refused body to its end.
      InputStream in = from.content().inputStream();
      if (announced.isPresent() && announced.getAsLong() <= TRUSTED_LENGTH_BYTES) {
        byte[] body = in.readNBytes((int) announced.getAsLong());
        in.read(); // reads the end of the body, so that Helidon does not look for more
        return body;
      }
      return within(in.readNBytes(maxBodyBytes + 1));
    } catch (RefusedException | RequestException | CloseConnectionException e) {
      throw e;
    } catch (IOException
        | RuntimeException e) { // Helidon reports broken chunk framing in several ways
      throw new RefusedException(Refusal.MALFORMED);
    }
  }

  private byte[] within(byte[] body) {
    if (body.length > maxBodyBytes) {
      throw new RefusedException(Refusal.BODY_TOO_LARGE);
    }
    return body;
  }

  /** Inflates a body on a thread for heavy work, since it may grow a thousandfold. */
  private byte[] decoded(Coding coding, byte[] wireBody, BodyAllowance.Share share) {
    if (coding == Coding.IDENTITY) {
      return wireBody;
    }
    try {
      return heavy.call(() -> inflated(coding, wireBody, share));
    } catch (OverloadedException _) {
      throw new RefusedException(Refusal.OVERLOADED);
    }
  }

  private byte[] inflated(Coding coding, byte[] wireBody, BodyAllowance.Share share) {
    InputStream wire = new ByteArrayInputStream(wireBody);
    try {
      return switch (coding) {
        case IDENTITY -> wireBody;
        case GZIP -> inflate(new GZIPInputStream(wire, GZIP_BUFFER_BYTES), share);
        case DEFLATE -> inflate(new InflaterInputStream(wire), share);
        case ZSTANDARD -> decompressed(wireBody, share);
      };
    } catch (ZipException | EOFException e) {
      throw new RefusedException(Refusal.BODY_NOT_COMPRESSED);
    } catch (IOException e) {
      throw new AssertionError("a byte array cannot fail", e);
    }
  }

  private byte[] decompressed(byte[] frame, BodyAllowance.Share share) throws ZipException {
    long size = Zstandard.sizeBytes(frame);
    if (size > maxBodyBytes) {
      throw new RefusedException(Refusal.BODY_TOO_LARGE);
    }
    share.take((int) size);
    return Zstandard.decompressed(frame, (int) size);
  }

  private byte[] inflate(InputStream inflating, BodyAllowance.Share share) throws IOException {
    try (inflating) {
      return new BodyBuffer(maxBodyBytes, share).readAll(inflating);
    }
  }
}
