package org.ostraka.server.region;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.OtherDeploymentException;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.identity.signature.RequestSigner;
import org.ostraka.model.Bytes;
import org.ostraka.model.TableArn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A region of another process; calls of all tables go together ({@link WaitingCalls}). Any thread.
 */
public final class HttpPeer implements Peer {
  private static final Logger LOG = LoggerFactory.getLogger(HttpPeer.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  /** The server is older than the compression of the request. */
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  /** The server is of another deployment than the one that was expected to answer. */
  static final int MISDIRECTED = 421;

  /** What servers speak that do not name their versions. */
  private static final Versions FIRST = new Versions(1, 1);

  private final Versions versions;
  private final URI endpoint;
  private final Optional<PeerIdentity> identity;
  private final Optional<RequestSigner> signer;
  private final InstantSource clock;
  private final HttpClient http;
  private final WaitingCalls calls;
  private final RepeatedMessages messages;

  /** The version in which requests are written, until an answer or a refusal names another one. */
  private volatile int version;

  /**
   * Makes a peer that may be of any deployment; nothing is sent yet.
   *
   * @param endpoint the URL of the process
   * @param signer signs the requests; empty when a certificate says who sends them
   * @param tls what connections with TLS trust and show
   */
  public HttpPeer(
      URI endpoint, Optional<RequestSigner> signer, SSLContext tls, InstantSource clock) {
    this(Versions.spoken(), endpoint, Optional.empty(), signer, tls, clock);
  }

  /**
   * Makes a peer.
   *
   * @param versions the versions of the protocol to speak
   * @param identity verifies the deployment that answers, if it is to be verified
   */
  HttpPeer(
      Versions versions,
      URI endpoint,
      Optional<PeerIdentity> identity,
      Optional<RequestSigner> signer,
      SSLContext tls,
      InstantSource clock) {
    this.versions = versions;
    this.version = versions.lowest();
    this.endpoint = endpoint;
    this.identity = identity;
    this.signer = signer;
    this.clock = clock;
    this.messages = new RepeatedMessages(clock);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .sslContext(tls)
            .build();
    this.calls = new WaitingCalls(endpoint.toString(), TIMEOUT, this::answers);
  }

  @Override
  public Optional<Table> find(TableArn table) {
    byte[] name = table.toString().getBytes(StandardCharsets.UTF_8);
    return call(PeerCall.FIND, name, answer -> new Table(answer[0] != 0));
  }

  @Override
  public Optional<GroupMessage> tell(GroupMessage message) {
    return call(
        PeerCall.TELL, message.encoded().array(), answer -> GroupMessage.of(Bytes.wrap(answer)));
  }

  @Override
  public Association.Answer associate(Association association) {
    return this.<Association.Answer>call(
            PeerCall.ASSOCIATE,
            association.encoded().array(),
            answer -> Association.Answer.of(Bytes.wrap(answer)))
        .orElseThrow(() -> new PeerException(endpoint + " gave no answer"));
  }

  @Override
  public Optional<Integer> apply(ChangeBatch batch) {
    return call(PeerCall.APPLY, batch.encoded(), answer -> ByteBuffer.wrap(answer).getInt());
  }

  /** Returns what the process tells of its replication, as text. */
  public String report() {
    return call(
            PeerCall.REPORT, PeerCall.NOTHING, answer -> new String(answer, StandardCharsets.UTF_8))
        .orElse("");
  }

  /** Ends the connection. */
  public void close() {
    http.shutdownNow();
  }

  private <T> Optional<T> call(byte kind, byte[] content, Function<byte[], T> read) {
    PeerCall answer = answer(new PeerCall(kind, content));
    try {
      return switch (answer.kind()) {
        case PeerCall.PRESENT -> Optional.of(read.apply(answer.content()));
        case PeerCall.ABSENT -> Optional.empty();
        case PeerCall.WRONG_REGION ->
            throw logged("the URL of a peer leads to a wrong region", failure(answer));
        case PeerCall.WRONG_DEPLOYMENT ->
            throw logged("another region knows its peers otherwise", failure(answer));
        default -> throw failure(answer);
      };
    } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
      throw new PeerException(endpoint + " gave an answer that cannot be read", broken);
    }
  }

  private PeerException failure(PeerCall answer) {
    return new PeerException(
        endpoint + ": " + new String(answer.content(), StandardCharsets.UTF_8));
  }

  private PeerException logged(String what, PeerException failure) {
    String message = String.valueOf(failure.getMessage());
    if (messages.isDue(message)) {
      LOG.warn("{}: {}", what, message);
    }
    return failure;
  }

  private PeerCall answer(PeerCall call) {
    try {
      return calls.answer(call);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new PeerException("stopped while calling " + endpoint, stopped);
    }
  }

  private List<PeerCall> answers(List<PeerCall> calls) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = response(calls);
    if (answer.statusCode() == MISDIRECTED) { // by a deployment that may take the other one's place
      answer = response(calls);
    }
    if (answer.statusCode() != OK) {
      throw new IOException("it answered " + answer.statusCode() + text(answer.body()));
    }
    version = PeerCall.version(answer.body(), versions);
    List<PeerCall> answers = PeerCall.read(answer.body());
    if (answers.size() != calls.size()) {
      throw new IOException("it answered other calls");
    }
    if (answers.stream().anyMatch(PeerCall::isOfRegion)) {
      identify(answer, PeerIdentity::learn);
    }
    return answers;
  }

  private HttpResponse<byte[]> response(List<PeerCall> calls)
      throws IOException, InterruptedException {
    int written = version;
    HttpResponse<byte[]> answer = send(calls, written);
    OptionalInt other = versionInstead(answer, written);
    if (other.isPresent()) {
      answer = send(calls, other.getAsInt());
    }
    identify(answer, PeerIdentity::verify);
    return answer;
  }

  /** What is done with the field that names the deployment of an answer's sender. */
  @FunctionalInterface
  private interface Identification {
    void of(PeerIdentity identity, Optional<String> sender) throws IOException;
  }

  private void identify(HttpResponse<byte[]> answer, Identification identification)
      throws IOException {
    if (identity.isEmpty()) {
      return;
    }
    try {
      identification.of(identity.get(), answer.headers().firstValue(PeerIdentity.SENDER));
    } catch (OtherDeploymentException other) {
      throw logged(
          "the URL of a peer leads to another deployment; check --peer and --peers, and if the data"
              + " of the region was lost, remove its replicas",
          new PeerException(endpoint + ": " + other.getMessage(), other));
    }
  }

  /**
   * Returns the version in which a request has to be written that was refused because of its own;
   * empty when it was not. The server did nothing with it.
   *
   * @throws IOException when there is no version that both speak
   */
  private OptionalInt versionInstead(HttpResponse<byte[]> answer, int written) throws IOException {
    boolean isRefused =
        answer.statusCode() == BAD_REQUEST || answer.statusCode() == UNSUPPORTED_MEDIA_TYPE;
    if (!isRefused) {
      return OptionalInt.empty();
    }
    Optional<String> named = answer.headers().firstValue(Versions.FIELD);
    Versions theirs = named.isPresent() ? Versions.parse(named.get()) : FIRST;
    OptionalInt common = versions.highestCommon(theirs);
    if (common.isEmpty()) {
      throw new IOException(
          "it speaks versions "
              + theirs
              + " of the protocol between regions, and this server "
              + versions
              + text(answer.body()));
    }
    return common.getAsInt() == written ? OptionalInt.empty() : common;
  }

  private HttpResponse<byte[]> send(List<PeerCall> calls, int written)
      throws IOException, InterruptedException {
    BodyCompression.Compressed body =
        BodyCompression.compressed(written, PeerCall.encoded(written, calls));
    Map<String, String> fields = new HashMap<>();
    fields.put("Content-Type", PeerCall.MEDIA_TYPE);
    fields.put("Content-Encoding", body.coding());
    fields.put(Versions.FIELD, versions.toString());
    identity.ifPresent(it -> fields.putAll(it.fields()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes()));
    signer
        .map(it -> it.signedPost(endpoint.getRawAuthority(), fields, body.bytes(), clock.instant()))
        .orElse(fields)
        .forEach(request::header);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String text(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "" : ": " + text.lines().findFirst().orElse("");
  }
}
