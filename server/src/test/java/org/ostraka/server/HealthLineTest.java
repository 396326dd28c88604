package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.engine.load.Room;
import org.ostraka.engine.metric.UserErrors;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.model.Region;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.auth.KnownKeys;
import org.ostraka.server.config.DeliveryTargets;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.Protection;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedOrigins;
import org.ostraka.server.http.HttpHeaders;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.wire.EchoService;
import org.ostraka.server.wire.Services;
import org.ostraka.server.work.HeavyWorks;

/**
 * What GET is answered: a health line on the root, with the name of the host that was asked, and
 * nothing elsewhere (recorded from the service, 2026).
 */
final class HealthLineTest {
  private static final byte[] NOTHING = new byte[0];

  private long nanos;
  private final StoreHealth health = new StoreHealth(() -> nanos);
  private final ApiEndpoint endpoint = endpoint(settings("eu-west-1"));

  @ParameterizedTest
  @CsvSource({
    "dynamodb.us-east-1.amazonaws.com, dynamodb.us-east-1.amazonaws.com",
    "localhost:8000, localhost",
    "127.0.0.1:8000, 127.0.0.1",
    "[::1]:8000, [::1]",
    "[::1], [::1]",
    "_my-service_:80, _my-service_"
  })
  void theLineNamesTheHostThatWasAsked(String host, String name) {
    HttpResponse answer = get("/", "Host", host);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("text/plain");
    assertThat(text(answer)).isEqualTo("healthy: " + name + " ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "<b>", "a/b", "a:b:c", "[::1", "x\u00e9"})
  void aHostThatIsNoneIsNotRepeated(String host) {
    assertThat(text(get("/", "Host", host)))
        .isEqualTo("healthy: dynamodb.eu-west-1.amazonaws.com ");
  }

  @Test
  void withoutAHostItNamesTheServiceInTheFirstRegion() {
    assertThat(text(get("/"))).isEqualTo("healthy: dynamodb.eu-west-1.amazonaws.com ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/ping", "//", "/index.html", ""})
  void anotherPathHasNoLine(String path) {
    HttpResponse answer = get(path, "Host", "localhost");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(text(answer)).isEqualTo("<UnknownOperationException/>\n");
  }

  @Test
  void aSharedStoreThatIsSilentMakesTheServerUnhealthyUntilItAnswersAgain() {
    health.answered();
    nanos += StoreHealth.PATIENCE.toNanos() - 1;
    assertThat(get("/").status()).isEqualTo(200);
    nanos++;
    HttpResponse answer = get("/");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(text(answer)).isEqualTo("unhealthy: the store cannot be reached ");
    health.answered();
    assertThat(get("/").status()).isEqualTo(200);
  }

  @Test
  void aSharedStoreThatRefusesWritesMakesTheServerUnhealthyThoughItAnswers() {
    health.answered();
    health.tookWrite(false);
    nanos += StoreHealth.PATIENCE.toNanos() - 1;
    health.tookWrite(false);
    health.answered();
    assertThat(get("/").status()).isEqualTo(200);
    nanos++;
    assertThat(get("/").status()).isEqualTo(503);
    health.tookWrite(true);
    assertThat(get("/").status()).isEqualTo(200);
  }

  @Test
  void aStoreOfOneProcessIsNotWatched() {
    nanos += StoreHealth.PATIENCE.toNanos() * 10;
    assertThat(get("/").status()).isEqualTo(200);
  }

  private HttpResponse get(String path, String... headers) {
    return endpoint.handle(
        new HttpRequest(
            "GET",
            path,
            Optional.empty(),
            HttpHeaders.of(headers),
            NOTHING,
            NOTHING,
            Room.ENDLESS));
  }

  private static String text(HttpResponse answer) {
    return ServerInMemory.text(answer.body());
  }

  private ApiEndpoint endpoint(ServerSettings settings) {
    return new ApiEndpoint(
        Services.of(EchoService.make()),
        settings,
        Authentication.of(
            KnownKeys.ofRoot(settings.rootKey(), settings.accounts()),
            settings.accounts(),
            settings.regions(),
            InstantSource.system(),
            HeavyWorks.SHARED,
            new FailureLimits(System::nanoTime, 1)),
        Auditing.NONE,
        new UserErrors(),
        health);
  }

  private static ServerSettings settings(String region) {
    return new ServerSettings(
        InetAddress.getLoopbackAddress(),
        0,
        AllowedHosts.LOOPBACK,
        AllowedOrigins.LOCALHOST,
        new StoreLocation.InMemory(),
        false,
        ServerSettings.DEFAULT_BLOCK_CACHE_BYTES,
        Set.of(new Region(region), new Region("us-west-2")),
        Accounts.single(Accounts.DEFAULT_ACCOUNT),
        PrincipalSettings.NONE,
        0,
        DeliveryTargets.NONE,
        Protection.NONE,
        Encryption.NONE,
        new EngineSettings(Duration.ZERO),
        Optional.empty());
  }
}
