package org.ostraka.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.engine.load.Room;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Origin;
import org.ostraka.model.Owner;
import org.ostraka.model.Principal;
import org.ostraka.model.Region;
import org.ostraka.model.Session;
import org.ostraka.model.error.InvalidSignatureException;
import org.ostraka.model.error.UnrecognizedClientException;
import org.ostraka.server.http.HttpHeaders;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.work.HeavyWorks;

/** Who calls, with a root key and without one. */
final class AuthenticationTest {
  private static final String SCOPE = "20261128/eu-central-1/dynamodb/aws4_request";
  private static final String TIME = "20261128T120000Z";
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final List<String> DYNAMODB = List.of("dynamodb");
  private static final byte[] NOTHING = new byte[0];

  private final Authentication verified =
      authentication(Optional.of(RootKey.of("root", "the-secret-of-root")), Set.of());

  @Test
  void anyCredentialOfTheRightFormIsTakenWithoutARootKey() {
    Authentication any = authentication(Optional.empty(), Set.of());
    HttpRequest request = request("any/" + SCOPE, "0", NOTHING, NOTHING);
    assertThat(any.caller(request, DYNAMODB)).isEqualTo(caller("any"));
  }

  @Test
  void aPresignedRequestNamesItsCallerTooWithoutARootKey() {
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=any%2F"
            + SCOPE.replace("/", "%2f")
            + "&X-Amz-Date=20200101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=0";
    HttpRequest request =
        new HttpRequest(
            "POST", "/", Optional.of(query), HttpHeaders.none(), NOTHING, NOTHING, Room.ENDLESS);
    assertThat(authentication(Optional.empty(), Set.of()).caller(request, DYNAMODB))
        .isEqualTo(caller("any"));
  }

  @Test
  void onlyServedRegionsAreValid() {
    Authentication other = authentication(Optional.empty(), Set.of(new Region("us-east-1")));
    HttpRequest request = request("any/" + SCOPE, "0", NOTHING, NOTHING);
    assertThatThrownBy(() -> other.caller(request, DYNAMODB))
        .isInstanceOf(InvalidSignatureException.class)
        .hasMessage("Credential should be scoped to a valid region, not 'eu-central-1'. ");
  }

  @Test
  void everyNameOfAServiceIsAccepted() {
    Authentication any = authentication(Optional.empty(), Set.of());
    HttpRequest request = request("any/" + SCOPE, "0", NOTHING, NOTHING);
    assertThat(any.caller(request, List.of("first", "dynamodb"))).isEqualTo(caller("any"));
    assertThatThrownBy(() -> any.caller(request, List.of("first", "second")))
        .isInstanceOf(InvalidSignatureException.class)
        .hasMessage("Credential should be scoped to correct service: 'first'. ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 1 << 20})
  void theRootKeyIsVerifiedWhateverTheSizeOfTheBody(int bytes) {
    byte[] body = "x".repeat(bytes).getBytes(StandardCharsets.UTF_8);
    String signature = signature(body);
    assertThat(verified.caller(request("root/" + SCOPE, signature, body, body), DYNAMODB))
        .isEqualTo(root());
    byte[] other = (" " + "x".repeat(bytes)).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> verified.caller(request("root/" + SCOPE, signature, other, other), DYNAMODB))
        .isInstanceOf(InvalidSignatureException.class);
  }

  @Test
  void theSignatureCoversTheBodyAsSentNotTheInflatedOne() {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    byte[] sent = compressed(body);
    assertThat(verified.caller(request("root/" + SCOPE, signature(sent), body, sent), DYNAMODB))
        .isEqualTo(root());
    assertThatThrownBy(
            () -> verified.caller(request("root/" + SCOPE, signature(body), body, sent), DYNAMODB))
        .isInstanceOf(InvalidSignatureException.class);
  }

  @Test
  void anyCredentialIsTakenUntilThereAreKeys() {
    AtomicBoolean areThere = new AtomicBoolean();
    Authentication authentication =
        authentication(
            new KnownKeys(
                Optional.empty(),
                Accounts.single(ACCOUNT),
                (_, _) -> Optional.empty(),
                areThere::get),
            Set.of());
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    HttpRequest request = request("any/" + SCOPE, "0", body, body);
    assertThat(authentication.caller(request, DYNAMODB)).isEqualTo(caller("any"));
    areThere.set(true);
    assertThatThrownBy(() -> authentication.caller(request, DYNAMODB))
        .isInstanceOf(UnrecognizedClientException.class);
  }

  private static Authentication authentication(Optional<RootKey> root, Set<Region> regions) {
    return authentication(KnownKeys.ofRoot(root, Accounts.single(ACCOUNT)), regions);
  }

  private static Authentication authentication(KnownKeys keys, Set<Region> regions) {
    return Authentication.of(
        keys,
        Accounts.single(ACCOUNT),
        regions,
        InstantSource.fixed(Instant.parse("2026-11-28T12:00:00Z")),
        HeavyWorks.SHARED,
        new FailureLimits(System::nanoTime, 1));
  }

  private static Caller root() {
    return caller(new Principal.Root(ACCOUNT, "root"));
  }

  private static Caller caller(String key) {
    return caller(new Principal.AccessKey(key));
  }

  private static Caller caller(Principal principal) {
    return new Caller(
        principal,
        new Owner(ACCOUNT, new Region("eu-central-1")),
        Session.NONE,
        new Origin(Optional.of(InetAddress.getLoopbackAddress()), false, Optional.empty()));
  }

  private static HttpRequest request(
      String credential, String signature, byte[] body, byte[] wireBody) {
    HttpHeaders headers =
        HttpHeaders.of(
            "Host",
            "localhost",
            "X-Amz-Date",
            TIME,
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=%s, SignedHeaders=host, Signature=%s"
                .formatted(credential, signature));
    return new HttpRequest("POST", "/", Optional.empty(), headers, body, wireBody, Room.ENDLESS);
  }

  private static byte[] compressed(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static String signature(byte[] wireBody) {
    String canonical = "POST\n/\n\nhost:localhost\n\nhost\n" + sha256(wireBody);
    byte[] key = "AWS4the-secret-of-root".getBytes(StandardCharsets.UTF_8);
    for (String part : SCOPE.split("/")) {
      key = hmac(key, part);
    }
    String hash = sha256(canonical.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of()
        .formatHex(hmac(key, "AWS4-HMAC-SHA256\n" + TIME + "\n" + SCOPE + "\n" + hash));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }
}
