package org.ostraka.benchmarks.limits;

import io.helidon.common.features.HelidonFeatures;
import io.helidon.common.features.api.HelidonFlavor;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32;
import org.ostraka.options.Arguments;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.options.Program;

/**
 * A process with the server's HTTP library and its settings. It reads each request to its end and
 * answers a constant. With {@code --rows} it commits a row to RocksDB before each answer.
 */
public final class BareServer {
  private static final int BACKLOG = 4096;
  private static final byte FILLER = 'x';

  /** A reference of our own, since the log manager holds loggers weakly. */
  private static final Logger HELIDON_LOG = Logger.getLogger("io.helidon");

  private static final Option<Integer> ANSWER_BYTES =
      Option.required("--answer-bytes", bytes(), "The size of the answer.");

  private static final Option<Optional<Path>> ROWS =
      Option.optional(
          "--rows", Kind.path("DIR"), "The directory to commit a row of each request to.");

  private static final Option<Integer> KEY_AT =
      Option.withDefault("--key-at", bytes(), "0", "The offset of the key in a request's body.");

  private static final Option<Integer> KEY_DIGITS =
      Option.withDefault("--key-digits", bytes(), "0", "The digits of the key in the body.");

  private static final Option<Integer> KEY_BYTES =
      Option.withDefault("--key-bytes", bytes(), "0", "The size of the stored key.");

  private static final Option<Integer> ROW_BYTES =
      Option.withDefault("--row-bytes", bytes(), "0", "The size of the stored value.");

  private static final Command COMMAND =
      new Command(
          "bare-server",
          "Answers a constant.",
          List.of(ANSWER_BYTES, ROWS, KEY_AT, KEY_DIGITS, KEY_BYTES, ROW_BYTES),
          (given, out, _) -> new BareServer(given).run(given.get(ROWS), out));

  private final int answerBytes;
  private final int keyAt;
  private final int keyDigits;
  private final int keyBytes;
  private final int rowBytes;

  private BareServer(Arguments given) {
    answerBytes = given.get(ANSWER_BYTES);
    keyAt = given.get(KEY_AT);
    keyDigits = given.get(KEY_DIGITS);
    keyBytes = given.get(KEY_BYTES);
    rowBytes = given.get(ROW_BYTES);
  }

  /** Runs the server until the process is stopped. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    int status =
        new Program("bare-server", COMMAND)
            .run(
                arguments,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    if (status != 0) {
      System.exit(status);
    }
  }

  private int run(Optional<Path> rows, PrintWriter out) {
    HELIDON_LOG.setLevel(Level.WARNING);
    HelidonFeatures.flavor(HelidonFlavor.MP);
    Optional<GroupCommit> commits = rows.map(path -> new GroupCommit(RocksRows.open(path)));
    WebServer server = webServer(answer(commits)).start();
    out.println("Listening on http://127.0.0.1:" + server.port());
    return 0;
  }

  private static Kind<Integer> bytes() {
    return Kind.whole("BYTES", 0, Integer.MAX_VALUE);
  }

  /** Answers one request. */
  @FunctionalInterface
  private interface Answer {
    void to(ServerRequest request, ServerResponse response);
  }

  private static WebServer webServer(Answer answer) {
    return WebServer.builder()
        .bindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .backlog(BACKLOG)
        .connectionOptions(socket -> socket.tcpNoDelay(true))
        .shutdownHook(false)
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false)
        .addConnectionSelector(Http1ConnectionSelector.builder().config(http1Config()).build())
        .contentEncoding(
            ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build())
        .mediaContext(MediaContext.builder().mediaSupportsDiscoverServices(false).build())
        .routing(routing -> routing.any(answer::to))
        .build();
  }

  // Returns the HTTP settings. The deprecated calls are the only way to switch off Helidon's wire
  // log and its host check.
  @SuppressWarnings({"removal", "deprecation"})
  private static Http1Config http1Config() {
    return Http1Config.builder()
        .validatePrologue(false)
        .validatePath(false)
        .validateRequestHeaders(false)
        .validateRequestHostHeader(false)
        .validateResponseHeaders(false)
        .receiveLog(false)
        .sendLog(false)
        .build();
  }

  /** Returns the handler; the constant has the header fields of the server's answers. */
  private Answer answer(Optional<GroupCommit> commits) {
    byte[] constant = constant();
    CRC32 crc = new CRC32();
    crc.update(constant);
    Header[] headers = {
      HeaderValues.createCached(HeaderNames.SERVER, "Server"),
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/x-amz-json-1.0"),
      HeaderValues.createCached(HeaderNames.CONTENT_LENGTH, Integer.toString(constant.length)),
      HeaderValues.createCached(
          HeaderNames.create("x-amzn-RequestId"),
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRST"),
      HeaderValues.createCached(HeaderNames.create("x-amz-crc32"), Long.toString(crc.getValue())),
    };
    return (request, response) -> {
      byte[] body = body(request);
      if (commits.isPresent()) {
        if (body.length < Math.max(rowBytes, keyAt + keyDigits)) {
          response.status(Status.BAD_REQUEST_400).send("too short for a row");
          return;
        }
        commits.get().commit(row(body));
      }
      for (Header header : headers) {
        response.headers().set(header);
      }
      response.send(constant);
    };
  }

  private byte[] constant() {
    if (answerBytes == 2) {
      return "{}".getBytes(StandardCharsets.US_ASCII);
    }
    byte[] constant = new byte[answerBytes];
    Arrays.fill(constant, FILLER);
    return constant;
  }

  private static byte[] body(ServerRequest request) {
    int length = (int) request.headers().contentLength().orElse(0);
    // Not closed, as in the server.
    InputStream in = request.content().inputStream();
    try {
      return in.readNBytes(length);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Returns a row of the wanted size; its key is in the request, its value is the end of the body.
   */
  private RocksRows.Row row(byte[] body) {
    byte[] key = new byte[keyBytes];
    key[0] = 1;
    System.arraycopy(body, keyAt, key, keyBytes - keyDigits, keyDigits);
    byte[] value = Arrays.copyOfRange(body, body.length - rowBytes, body.length);
    return new RocksRows.Row(key, value);
  }
}
