package org.ostraka.server.region;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.identity.signature.RequestSigner;
import org.ostraka.model.Bytes;
import org.ostraka.model.TableArn;

/**
 * A region of another process. Calls of all tables share one connection: while a request is under
 * way, further calls gather and go together in the next one. When too many gather, callers wait.
 * Any thread.
 */
public final class HttpPeer implements Peer {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Calls that wait for the next request, at most. */
  private static final int MAX_WAITING = 256;

  /** Bytes after which a request takes no further call. */
  private static final int REQUEST_BYTES = 4 << 20;

  private static final int OK = 200;

  private final URI endpoint;
  private final Optional<RequestSigner> signer;
  private final InstantSource clock;
  private final HttpClient http;
  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final ReentrantLock connection = new ReentrantLock();

  /**
   * Makes the peer; nothing is sent yet.
   *
   * @param endpoint the URL of the process
   * @param signer signs the requests; empty when a certificate says who sends them
   * @param tls what connections with TLS trust and show
   */
  public HttpPeer(
      URI endpoint, Optional<RequestSigner> signer, SSLContext tls, InstantSource clock) {
    this.endpoint = endpoint;
    this.signer = signer;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .sslContext(tls)
            .build();
  }

  /** A call that waits for its answer. Guarded by the connection, once it is taken. */
  private static final class Waiting {
    private final PeerCall call;
    private @Nullable PeerCall answer;
    private @Nullable PeerException failure;

    Waiting(PeerCall call) {
      this.call = call;
    }

    boolean isDone() {
      return answer != null || failure != null;
    }
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
    PeerCall answer = answer(new Waiting(new PeerCall(kind, content)));
    try {
      return switch (answer.kind()) {
        case PeerCall.PRESENT -> Optional.of(read.apply(answer.content()));
        case PeerCall.ABSENT -> Optional.empty();
        default ->
            throw new PeerException(
                endpoint + ": " + new String(answer.content(), StandardCharsets.UTF_8));
      };
    } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
      throw new PeerException(endpoint + " gave an answer that cannot be read", broken);
    }
  }

  private PeerCall answer(Waiting call) {
    try {
      if (!waiting.offer(call, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new PeerException("too many calls wait for " + endpoint);
      }
      connection.lockInterruptibly();
      try {
        while (!call.isDone()) {
          sendNext();
        }
      } finally {
        connection.unlock();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new PeerException("stopped while calling " + endpoint, stopped);
    }
    if (call.failure != null) {
      throw new PeerException(String.valueOf(call.failure.getMessage()), call.failure);
    }
    return Objects.requireNonNull(call.answer);
  }

  /** Sends the first calls that wait, and gives each its answer. */
  private void sendNext() throws InterruptedException {
    List<Waiting> taken = new ArrayList<>();
    long bytes = 0;
    while (bytes < REQUEST_BYTES && taken.size() < PeerCall.MAX_CALLS) {
      Waiting next = waiting.poll();
      if (next == null) {
        break;
      }
      taken.add(next);
      bytes += next.call.content().length;
    }
    try {
      List<PeerCall> answers = send(taken.stream().map(each -> each.call).toList());
      for (int i = 0; i < taken.size(); i++) {
        taken.get(i).answer = answers.get(i);
      }
    } catch (IOException failed) {
      PeerException failure =
          new PeerException(endpoint + " cannot be reached: " + failed.getMessage(), failed);
      taken.forEach(each -> each.failure = failure);
    } catch (InterruptedException stopped) {
      PeerException failure = new PeerException("stopped while calling " + endpoint, stopped);
      taken.forEach(each -> each.failure = failure);
      throw stopped;
    }
  }

  private List<PeerCall> send(List<PeerCall> calls) throws IOException, InterruptedException {
    byte[] body = compressed(PeerCall.encoded(calls));
    Map<String, String> fields =
        Map.of("Content-Type", PeerCall.MEDIA_TYPE, "Content-Encoding", "gzip");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    signer
        .map(it -> it.signedPost(endpoint.getRawAuthority(), fields, body, clock.instant()))
        .orElse(fields)
        .forEach(request::header);
    HttpResponse<byte[]> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != OK) {
      throw new IOException("it answered " + answer.statusCode() + text(answer.body()));
    }
    List<PeerCall> answers = PeerCall.read(answer.body());
    if (answers.size() != calls.size()) {
      throw new IOException("it answered other calls");
    }
    return answers;
  }

  private static String text(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "" : ": " + text.lines().findFirst().orElse("");
  }

  private static byte[] compressed(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }
}
