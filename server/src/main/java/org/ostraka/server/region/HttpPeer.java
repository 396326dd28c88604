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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
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
 * A region of another process. Several requests are under way at the same time; while as many are
 * as may be, calls of all tables gather and go together in the next one. When too many gather,
 * callers wait. Any thread.
 */
public final class HttpPeer implements Peer {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Calls that wait for the next request, at most. */
  private static final int MAX_WAITING = 256;

  /**
   * Requests under way at the same time, at most. One is written by the other process while the
   * next one is on its way and a third is compressed.
   */
  private static final int MAX_UNDER_WAY = 4;

  /** Bytes after which a request takes no further call. */
  private static final int REQUEST_BYTES = 4 << 20;

  private static final int OK = 200;

  private final URI endpoint;
  private final Optional<RequestSigner> signer;
  private final InstantSource clock;
  private final HttpClient http;
  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final BodyCompression compression = new BodyCompression();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int underWay;

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

  /** A call that waits for its answer. Guarded by the lock. */
  private static final class Waiting {
    private final PeerCall call;
    private boolean taken;
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
      List<Waiting> next = next(call);
      while (!next.isEmpty()) {
        send(next);
        next = next(call);
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

  /**
   * Waits until a call is done, or until there is room for a request.
   *
   * @return the calls of that request, the first ones that wait; empty when the call is done
   */
  private List<Waiting> next(Waiting call) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!call.isDone() && (call.taken || underWay == MAX_UNDER_WAY)) {
        changed.await();
      }
      if (call.isDone()) {
        return List.of();
      }
      underWay++;
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the first calls that wait, one at least: whoever takes has a call among them. */
  private List<Waiting> take() {
    List<Waiting> taken = new ArrayList<>();
    long bytes = 0;
    while (bytes < REQUEST_BYTES && taken.size() < PeerCall.MAX_CALLS) {
      Waiting next = waiting.poll();
      if (next == null) {
        break;
      }
      next.taken = true;
      taken.add(next);
      bytes += next.call.content().length;
    }
    return taken;
  }

  /** Sends calls in one request, and gives each its answer. */
  private void send(List<Waiting> calls) throws InterruptedException {
    List<PeerCall> answers = List.of();
    PeerException failure = null;
    try {
      answers = answers(calls.stream().map(each -> each.call).toList());
    } catch (IOException failed) {
      String why = Objects.requireNonNullElseGet(failed.getMessage(), failed::toString);
      failure = new PeerException(endpoint + " cannot be reached: " + why, failed);
    } catch (InterruptedException stopped) {
      failure = new PeerException("stopped while calling " + endpoint, stopped);
      throw stopped;
    } finally {
      settle(calls, answers, failure);
    }
  }

  private void settle(
      List<Waiting> calls, List<PeerCall> answers, @Nullable PeerException failure) {
    lock.lock();
    try {
      underWay--;
      for (int i = 0; i < calls.size(); i++) {
        if (i < answers.size()) {
          calls.get(i).answer = answers.get(i);
        } else {
          calls.get(i).failure =
              failure == null ? new PeerException("no answer of " + endpoint) : failure;
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private List<PeerCall> answers(List<PeerCall> calls) throws IOException, InterruptedException {
    byte[] body = compression.compressed(PeerCall.encoded(calls));
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
}
