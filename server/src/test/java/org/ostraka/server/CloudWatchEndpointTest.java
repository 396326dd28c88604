package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.engine.cloudwatch.CloudWatch;
import org.ostraka.engine.cloudwatch.MetricHistory;
import org.ostraka.engine.gate.AccountPermissions;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.BucketAccess;
import org.ostraka.engine.gate.CrossAccountCaller;
import org.ostraka.engine.gate.Permissions;
import org.ostraka.engine.gate.Target;
import org.ostraka.engine.load.Room;
import org.ostraka.identity.policy.PolicyDocument;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Tags;
import org.ostraka.server.audit.AuditException;
import org.ostraka.server.audit.AuditLog;
import org.ostraka.server.audit.AuditSettings;
import org.ostraka.server.audit.ItemEvents;
import org.ostraka.server.audit.Recording;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.auth.KnownKeys;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.query.RecordedCalls;
import org.ostraka.server.wire.LoadControl;
import org.ostraka.server.wire.cloudwatch.CloudWatchEndpoint;
import org.ostraka.server.work.HeavyWorks;
import org.ostraka.storage.StorageFailedException;

/** What happens around CloudWatch's operations: recording, failures of the storage, memory. */
final class CloudWatchEndpointTest {
  private static final Instant NOW = Instant.parse("2026-10-09T00:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final SignedForm SIGNER =
      SignedForm.of("AKIDROOT", "secret-of-AKIDROOT", "monitoring");
  private static final String LIST = "{\"Namespace\":\"AWS/DynamoDB\"}";
  private static final Pattern EVENT =
      Pattern.compile("\"eventName\":\"(\\w+)\"(?:.*?\"errorCode\":\"(\\w+)\")?");
  private static final int MAX_BODY_BYTES = 1 << 20;

  /** Cannot read what it judges by. */
  private static final Permissions FAILING =
      new Permissions() {
        @Override
        public CrossAccountCaller crossAccountCaller(Caller caller, Action action, Target target) {
          throw failure();
        }

        @Override
        public void require(Caller caller, Action action) {
          throw failure();
        }

        @Override
        public void require(Caller caller, Action action, Target target) {
          throw failure();
        }

        @Override
        public void require(Caller caller, String action, String resource, Tags ofRequest) {
          throw failure();
        }

        @Override
        public boolean allows(Caller caller, Action action, Target target, PolicyDocument policy) {
          throw failure();
        }

        @Override
        public boolean allows(Caller caller, BucketAccess access) {
          throw failure();
        }

        private StorageFailedException failure() {
          return new StorageFailedException("the disk does not give a block");
        }
      };

  private final LoadControl load = LoadControl.forHeap(0, HeavyWorks.SHARED);
  private final Authentication authentication =
      Authentication.of(
          KnownKeys.ofRoot(
              Optional.of(ServerInMemory.rootKey("AKIDROOT")), Accounts.single(ACCOUNT)),
          Accounts.single(ACCOUNT),
          Set.of(),
          CLOCK,
          HeavyWorks.SHARED,
          new FailureLimits(System::nanoTime, 1));
  private Permissions permissions = new AccountPermissions(CLOCK);

  @TempDir private Path parent;
  private Path directory;
  private AuditLog log;
  private boolean closed;

  @BeforeEach
  void openTheLog() throws AuditException {
    directory = parent.resolve("audit");
    log =
        AuditLog.open(
            new AuditSettings(directory, ItemEvents.ALL, 1 << 20, 0),
            CLOCK,
            System::nanoTime,
            Thread.ofPlatform().name("audit").factory(),
            () -> new byte[32]);
  }

  @AfterEach
  void closeTheLog() {
    if (!closed) {
      closed = true;
      log.close();
    }
  }

  private HttpResponse respond(HttpRequest request) {
    return new CloudWatchEndpoint(
            new CloudWatch(new MetricHistory(List.of(), CLOCK, 1 << 20), CLOCK, permissions),
            new RecordedCalls(
                authentication, new Recording(Optional.of(log), CLOCK, UUID::randomUUID)),
            load,
            () -> new UUID(0, 0))
        .answer(request)
        .orElseThrow();
  }

  /** Returns the name of each event, and the error that it has. */
  private List<String> events() throws IOException {
    closeTheLog();
    List<String> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          Matcher event = EVENT.matcher(line);
          if (event.find()) {
            events.add(event.group(1) + " " + Optional.ofNullable(event.group(2)).orElse("ok"));
          }
        }
      }
    }
    return events;
  }

  @Test
  void everyRequestOfKnownCallersIsRecorded() throws IOException {
    assertThat(respond(SIGNER.metrics("ListMetrics", LIST, NOW)).status()).isEqualTo(200);
    List<HttpRequest> refused =
        List.of(
            SIGNER.metrics("ListMetrics", "{\"Namespace\":", NOW),
            SIGNER.metrics("ListMetrics", "{\"Namespace\":7}", NOW),
            SIGNER.metrics("GetMetricData", " ".repeat(MAX_BODY_BYTES + 1), NOW),
            SIGNER.metrics("PutMetricAlarm", "{}", NOW),
            SIGNER.metrics("../x", "{}", NOW),
            SIGNER.post("Version=2010-08-01&Action=ListMetrics&Namespace=%zz", NOW),
            SIGNER.post("Action=List%4detrics&Dimensions.member.x.Name=a", NOW),
            SIGNER.post("Action=List%4detrics&Cheapest=true", NOW));
    for (HttpRequest request : refused) {
      assertThat(respond(request).status()).isEqualTo(400);
    }
    assertThat(events())
        .containsExactly(
            "ListMetrics ok",
            "ListMetrics MalformedInput",
            "ListMetrics MalformedInput",
            "GetMetricData ValidationError",
            "PutMetricAlarm InvalidAction",
            "Unknown InvalidAction",
            "ListMetrics MalformedInput",
            "Unknown MalformedInput",
            "ListMetrics ValidationError");
  }

  @Test
  void aWrongSignatureIsRecorded() throws IOException {
    SignedForm stranger = SignedForm.of("AKIDROOT", "another secret", "monitoring");
    assertThat(respond(stranger.metrics("ListMetrics", LIST, NOW)).status()).isEqualTo(400);
    assertThat(respond(stranger.post("Action=ListMetrics", NOW)).status()).isEqualTo(403);
    assertThat(events())
        .containsExactly(
            "ListMetrics InvalidSignatureException", "ListMetrics InvalidSignatureException");
  }

  /**
   * The error is the model's: {@code InternalServiceFault} of CloudWatch, whose name in the query
   * protocol is InternalServiceError.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
   */
  @Test
  void aFailureOfTheStorageIsTheServicesInternalError() throws IOException {
    permissions = FAILING;
    HttpResponse json = respond(SIGNER.metrics("ListMetrics", LIST, NOW));
    assertThat(json.status()).isEqualTo(500);
    assertThat(json.headers()).containsEntry("x-amzn-query-error", "InternalServiceError;Receiver");
    assertThat(ServerInMemory.text(json.body()))
        .isEqualTo(
            "{\"__type\":\"com.amazonaws.cloudwatch#InternalServiceFault\","
                + "\"message\":\"The storage failed.\"}");
    HttpResponse form = respond(SIGNER.post("Action=ListMetrics&Namespace=AWS%2FDynamoDB", NOW));
    assertThat(form.status()).isEqualTo(500);
    assertThat(ServerInMemory.text(form.body()))
        .contains("<Type>Receiver</Type><Code>InternalServiceError</Code>");
    assertThat(events())
        .containsExactly("ListMetrics InternalServiceError", "ListMetrics InternalServiceError");
  }

  @Test
  void aRequestWithoutRoomIsRefusedAndRecorded() throws IOException {
    String padded = LIST + " ".repeat(MAX_BODY_BYTES - LIST.length());
    long half = 16L << 20;
    Room others = load.forObjects(half);
    assertThat(others.hold(half)).isTrue();
    assertThat(respond(SIGNER.metrics("ListMetrics", padded, NOW)).status()).isEqualTo(503);
    others.hold(0);
    assertThat(respond(SIGNER.metrics("ListMetrics", padded, NOW)).status()).isEqualTo(200);
    assertThat(events()).containsExactly("ListMetrics ServiceUnavailable", "ListMetrics ok");
  }
}
