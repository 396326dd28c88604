package org.ostraka.server.region;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.ostraka.engine.iam.CallerIdentity;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.engine.region.Association;
import org.ostraka.engine.region.ChangeBatch;
import org.ostraka.engine.region.GroupMessage;
import org.ostraka.engine.region.OtherDeploymentException;
import org.ostraka.engine.region.Peer;
import org.ostraka.engine.region.PeerException;
import org.ostraka.model.Bytes;
import org.ostraka.model.Caller;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.ApiException;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;
import org.ostraka.server.http.ProtocolEndpoint;
import org.ostraka.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of other regions. Any thread.
 *
 * <p>A request has to be signed by one of the principals that the operator has named, or come with
 * a certificate that stands for one; until there are keys, any credential will do, as for every
 * other request.
 */
public final class RegionEndpoint implements ProtocolEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(RegionEndpoint.class);
  private static final List<String> SCOPES = List.of("dynamodb");

  private final Supplier<Versions> versions;
  private final ServedRegions own;
  private final Supplier<String> report;
  private final Authentication authentication;
  private final Supplier<List<String>> principals;
  private final ExecutorService executor;
  private final RepeatedMessages messages;

  /**
   * Makes the endpoint.
   *
   * @param own the regions of this process
   * @param report tells of the replication to other regions
   * @param principals returns the ARNs of those who may send requests
   * @param executor carries out the calls of a request
   */
  public RegionEndpoint(
      ServedRegions own,
      Supplier<String> report,
      Authentication authentication,
      Supplier<List<String>> principals,
      ExecutorService executor,
      InstantSource clock) {
    this(Versions::spoken, own, report, authentication, principals, executor, clock);
  }

  /** Makes an endpoint that speaks these versions of the protocol. */
  RegionEndpoint(
      Supplier<Versions> versions,
      ServedRegions own,
      Supplier<String> report,
      Authentication authentication,
      Supplier<List<String>> principals,
      ExecutorService executor,
      InstantSource clock) {
    this.versions = versions;
    this.own = own;
    this.report = report;
    this.authentication = authentication;
    this.principals = principals;
    this.executor = executor;
    this.messages = new RepeatedMessages(clock);
  }

  @Override
  public Optional<HttpResponse> answer(HttpRequest request) {
    boolean isOfRegions =
        request.method().equals("POST")
            && request
                .headers()
                .first("Content-Type")
                .filter(PeerCall.MEDIA_TYPE::equals)
                .isPresent();
    return isOfRegions ? Optional.of(answerOfRegions(request)) : Optional.empty();
  }

  private HttpResponse answerOfRegions(HttpRequest request) {
    try {
      Caller caller = authentication.caller(request, SCOPES);
      if (!isPermitted(caller)) {
        return refused(403, CallerIdentity.of(caller).arn() + " is not a peer of this server");
      }
      Optional<UUID> sender = PeerIdentity.parse(request.headers().first(PeerIdentity.SENDER));
      Optional<String> misdirected = misdirected(request, sender);
      if (misdirected.isPresent()) {
        return misdirected(misdirected.get());
      }
      int version = version(request);
      List<PeerCall> calls = PeerCall.read(request.body());
      byte[] answer = PeerCall.encoded(version, answers(calls, own.calledBy(sender)));
      return answered(200, PeerCall.MEDIA_TYPE, answer);
    } catch (ApiException refusal) {
      return refused(400, String.valueOf(refusal.getMessage()));
    } catch (OverloadedException _) {
      return HttpResponse.overloaded();
    } catch (IOException malformed) {
      return refused(400, String.valueOf(malformed.getMessage()));
    }
  }

  private boolean isPermitted(Caller caller) {
    return caller.principal() instanceof Principal.AccessKey
        || principals.get().contains(CallerIdentity.of(caller).arn());
  }

  /** Returns why a request is not for this deployment; empty when it is, as far as it says. */
  private Optional<String> misdirected(HttpRequest request, Optional<UUID> sender)
      throws IOException {
    Optional<UUID> present = own.deployments().own();
    Optional<UUID> recipient = PeerIdentity.parse(request.headers().first(PeerIdentity.RECIPIENT));
    if (present.isPresent() && present.equals(sender)) {
      return Optional.of(
          "a request comes from this deployment itself, or from one with a copy of its data ("
              + present.get()
              + ")");
    }
    return present.isPresent() && recipient.isPresent() && !present.equals(recipient)
        ? Optional.of(
            "a request is for deployment " + recipient.get() + ", and this is " + present.get())
        : Optional.empty();
  }

  private HttpResponse misdirected(String why) {
    if (messages.isDue(why)) {
      LOG.warn("{}: check --peer and --peers of the other server", why);
    }
    return refused(HttpPeer.MISDIRECTED, why);
  }

  /** Returns the version in which a request is to be answered; see {@link Versions}. */
  private int version(HttpRequest request) throws IOException {
    int written = PeerCall.version(request.body(), versions.get());
    Optional<String> named = request.headers().first(Versions.FIELD);
    Versions theirs =
        named.isPresent() ? Versions.parse(named.get()) : new Versions(written, written);
    return versions
        .get()
        .highestCommon(theirs)
        .orElseThrow(() -> new IOException("the version of the request is not among those named"));
  }

  private HttpResponse refused(int status, String why) {
    return answered(status, "text/plain", why.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse answered(int status, String mediaType, byte[] body) {
    Map<String, String> fields = new HashMap<>();
    fields.put(Versions.FIELD, versions.get().toString());
    own.deployments().own().ifPresent(id -> fields.put(PeerIdentity.SENDER, id.toString()));
    return new HttpResponse(status, mediaType, body, fields);
  }

  /** Carries out the calls at the same time: those of one table's shards wait for each other. */
  private List<PeerCall> answers(List<PeerCall> calls, Peer regions) throws IOException {
    List<Future<PeerCall>> running = new ArrayList<>();
    for (PeerCall call : calls) {
      running.add(executor.submit(() -> answer(call, regions)));
    }
    List<PeerCall> answers = new ArrayList<>();
    for (Future<PeerCall> each : running) {
      try {
        answers.add(each.get());
      } catch (ExecutionException broken) {
        LOG.error("a call of another region could not be carried out", broken.getCause());
        answers.add(failed("the call could not be carried out"));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException("the server stops", stopped);
      }
    }
    return answers;
  }

  private PeerCall answer(PeerCall call, Peer regions) {
    try {
      return switch (call.kind()) {
        case PeerCall.FIND -> present(regions.find(table(call)).map(RegionEndpoint::encoded));
        case PeerCall.TELL ->
            present(
                regions
                    .tell(GroupMessage.of(Bytes.wrap(call.content())))
                    .map(message -> message.encoded().array()));
        case PeerCall.ASSOCIATE ->
            present(
                Optional.of(
                    regions
                        .associate(Association.of(Bytes.wrap(call.content())))
                        .encoded()
                        .array()));
        case PeerCall.APPLY -> present(regions.apply(batch(call)).map(RegionEndpoint::encoded));
        case PeerCall.REPORT -> present(Optional.of(report.get().getBytes(StandardCharsets.UTF_8)));
        default -> failed("an unknown call");
      };
    } catch (WrongRegionException wrong) {
      return wrongRegion(String.valueOf(wrong.getMessage()));
    } catch (OtherDeploymentException other) {
      return wrongDeployment(String.valueOf(other.getMessage()));
    } catch (PeerException refused) {
      LOG.warn("{}", refused.getMessage());
      return failed(String.valueOf(refused.getMessage()));
    } catch (StorageException | ApiException failure) {
      return failed(String.valueOf(failure.getMessage()));
    } catch (IOException | IllegalArgumentException malformed) {
      return failed("a call cannot be read");
    }
  }

  private PeerCall wrongRegion(String why) {
    if (messages.isDue(why)) {
      LOG.warn("{}: check --peer and --peers of the other server, and --region of this one", why);
    }
    return new PeerCall(PeerCall.WRONG_REGION, why.getBytes(StandardCharsets.UTF_8));
  }

  private PeerCall wrongDeployment(String why) {
    if (messages.isDue(why)) {
      LOG.warn("a request of another region is refused: {}: check which servers have peers", why);
    }
    return new PeerCall(PeerCall.WRONG_DEPLOYMENT, why.getBytes(StandardCharsets.UTF_8));
  }

  private static TableArn table(PeerCall call) {
    return TableArn.parse(new String(call.content(), StandardCharsets.UTF_8))
        .orElseThrow(IllegalArgumentException::new);
  }

  private static ChangeBatch batch(PeerCall call) throws IOException {
    return ChangeBatch.read(call.content());
  }

  private static byte[] encoded(Peer.Table table) {
    return new byte[] {(byte) (table.deletionProtected() ? 1 : 0)};
  }

  private static byte[] encoded(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private static PeerCall present(Optional<byte[]> content) {
    return content
        .map(bytes -> new PeerCall(PeerCall.PRESENT, bytes))
        .orElse(new PeerCall(PeerCall.ABSENT, PeerCall.NOTHING));
  }

  private static PeerCall failed(String why) {
    return new PeerCall(PeerCall.FAILED, why.getBytes(StandardCharsets.UTF_8));
  }
}
