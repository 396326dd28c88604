package org.ostraka.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.engine.load.Room;
import org.ostraka.model.AccountId;
import org.ostraka.model.error.InvalidSignatureException;
import org.ostraka.model.error.UnrecognizedClientException;
import org.ostraka.server.http.HttpHeaders;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.Peer;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.work.HeavyWorks;

/** Who is slowed when requests with a root key fail. The test moves the clock. */
final class SlowedFailuresTest {
  private static final List<String> DYNAMODB = List.of("dynamodb");

  private static final String GOOD = AuthenticationTest.signature(new byte[0]);

  private final AtomicLong nanos = new AtomicLong();
  private final Authentication authentication =
      Authentication.of(
          KnownKeys.ofRoot(
              Optional.of(RootKey.of("root", "the-secret-of-root")),
              Accounts.single(new AccountId("123456789012"))),
          Accounts.single(new AccountId("123456789012")),
          Set.of(),
          InstantSource.fixed(Instant.parse("2026-11-28T12:00:00Z")),
          HeavyWorks.SHARED,
          new FailureLimits(nanos::get, 1));

  private static Peer peer(int last) {
    try {
      byte[] address = {(byte) 192, 0, 2, (byte) last};
      return new Peer(InetAddress.getByAddress(address), Optional.empty());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void ask(Peer peer, String key, String signature) {
    HttpHeaders headers =
        HttpHeaders.of(
            "Host",
            "localhost",
            "X-Amz-Date",
            "20261128T120000Z",
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=%s/20261128/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=%s"
                .formatted(key, signature));
    byte[] nothing = new byte[0];
    var _ =
        authentication.caller(
            new HttpRequest(
                "POST", "/", Optional.empty(), headers, nothing, nothing, Room.ENDLESS, peer, ""),
            DYNAMODB);
  }

  private void scan(int last) {
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> ask(peer(last), "unknown", "0"))
          .isInstanceOf(UnrecognizedClientException.class);
    }
    assertThatThrownBy(() -> ask(peer(last), "unknown", "0"))
        .isInstanceOf(OverloadedException.class);
  }

  private void guess(int last) {
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> ask(peer(last), "root", "0"))
          .isInstanceOf(InvalidSignatureException.class);
    }
    assertThatThrownBy(() -> ask(peer(last), "root", "0")).isInstanceOf(OverloadedException.class);
  }

  @Test
  void aScanDoesNotKeepOutAClientBehindTheSameAddress() {
    scan(1);
    ask(peer(1), "root", GOOD);
  }

  @Test
  void whoGuessesSignaturesIsSlowedAndKeepsOutNobodyElsewhere() {
    guess(1);
    ask(peer(2), "root", GOOD);
  }

  @Test
  void aConnectionThatHasProvenItselfIsNotSlowedByItsNeighbours() {
    Peer good = peer(1);
    ask(good, "root", GOOD);
    assertThat(good.isProven()).isTrue();
    guess(1);
    ask(good, "root", GOOD);
  }

  @Test
  void aGoodClientBehindTheAddressOfAGuesserGetsThroughAfterAWhile() {
    guess(1);
    Peer good = peer(1);
    assertThatThrownBy(() -> ask(good, "root", GOOD)).isInstanceOf(OverloadedException.class);
    nanos.addAndGet(Duration.ofMillis(200).toNanos());
    ask(good, "root", GOOD);
    ask(good, "root", GOOD);
  }
}
