package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.server.config.OidcSettings;
import org.ostraka.server.http.HttpResponse;
import org.ostraka.server.tls.Authorities;
import org.ostraka.testkit.certificate.CertificateAuthority;
import org.ostraka.testkit.certificate.IssuedCertificate;

/** AssumeRoleWithWebIdentity, with a provider of this test that has HTTPS. */
final class WebIdentityTest {
  private static final Instant START = Instant.parse("2026-10-09T00:00:00Z");
  private static final SignedForm ROOT = SignedForm.of("AKIDROOT", "secret-of-AKIDROOT", "iam");
  private static final String ROLE = "arn:aws:iam::123456789012:role/Deployer";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  @TempDir private Path directory;
  private final AtomicInteger fetches = new AtomicInteger();
  private KeyPair keys = rsa();
  private volatile String published = jwks("one", keys);
  private HttpsServer provider;
  private String issuer;
  private ServerInMemory server;
  private Instant now = START;

  @BeforeEach
  void start() throws Exception {
    CertificateAuthority authority = CertificateAuthority.create("CN=test");
    provider = https(authority.issue("CN=localhost", CertificateAuthority.KeyKind.EC));
    issuer = "https://localhost:" + provider.getAddress().getPort();
    answer("/.well-known/openid-configuration", () -> discovery(issuer));
    answer("/keys", () -> published);
    provider.start();
    Path pem = Files.writeString(directory.resolve("ca.pem"), authority.pem());
    server =
        ServerInMemory.start(
            Map.of("root-key", "AKIDROOT", "account", "123456789012"),
            new OidcSettings(Map.of(), Optional.of(Authorities.trusting(pem))));
    makeRole();
  }

  private void makeRole() {
    iam("CreateOpenIDConnectProvider", "Url", issuer, "ClientIDList.member.1", "sts.amazonaws.com");
    String name = issuer.substring("https://".length());
    iam(
        "CreateRole",
        "RoleName",
        "Deployer",
        "AssumeRolePolicyDocument",
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\
        {"Federated":"arn:aws:iam::123456789012:oidc-provider/%s"},\
        "Action":["sts:AssumeRoleWithWebIdentity","sts:TagSession"],"Condition":{"StringEquals":\
        {"%s:aud":"sts.amazonaws.com"},"StringLike":{"%s:sub":"repo:ours/*"}}}]}\
        """
            .formatted(name, name, name));
  }

  @AfterEach
  void close() {
    provider.stop(0);
    server.close();
  }

  private String discovery(String named) {
    return "{\"issuer\":\"" + named + "\",\"jwks_uri\":\"" + issuer + "/keys\"}";
  }

  private void answer(String path, Supplier<String> body) {
    provider.createContext(
        path,
        exchange -> {
          fetches.incrementAndGet();
          byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static HttpsServer https(IssuedCertificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server", certificate.key(), new char[0], certificate.chain().toArray(Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    HttpsServer made =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    made.setHttpsConfigurator(new HttpsConfigurator(context));
    return made;
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String jwks(String id, KeyPair keys) {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    byte[] modulus = key.getModulus().toByteArray();
    byte[] unsigned = Arrays.copyOfRange(modulus, modulus.length - 256, modulus.length);
    return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"AQAB\"}]}"
        .formatted(id, BASE64.encodeToString(unsigned));
  }

  private Map<String, String> claims() {
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("iss", quoted(issuer));
    claims.put("sub", quoted("repo:ours/web"));
    claims.put("aud", quoted("sts.amazonaws.com"));
    claims.put("iat", Long.toString(now.getEpochSecond()));
    claims.put("exp", Long.toString(now.getEpochSecond() + 600));
    return claims;
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private String token(Map<String, String> claims) {
    return token("{\"alg\":\"RS256\",\"kid\":\"one\"}", claims, keys);
  }

  private static String token(String header, Map<String, String> claims, KeyPair signer) {
    StringBuilder body = new StringBuilder("{");
    claims.forEach((name, value) ->
        body.append(body.length() > 1 ? "," : "").append(quoted(name)).append(':').append(value));
    String content = encoded(header) + "." + encoded(body.append('}').toString());
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(signer.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String encoded(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String form(String version, String action, String... parameters) {
    StringBuilder form = new StringBuilder("Action=" + action + "&Version=" + version);
    for (int i = 0; i < parameters.length; i += 2) {
      form.append('&')
          .append(parameters[i])
          .append('=')
          .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  private void iam(String action, String... parameters) {
    HttpResponse response = server.respond(ROOT.post(form("2010-05-08", action, parameters), now));
    assertThat(response.status()).as(ServerInMemory.text(response.body())).isEqualTo(200);
  }

  /** Returns the answer to a request without a signature. */
  private String assume(String token, String... more) {
    String[] all = Arrays.copyOf(more, more.length + 6);
    System.arraycopy(
        new String[] {"RoleArn", ROLE, "RoleSessionName", "ci", "WebIdentityToken", token},
        0,
        all,
        more.length,
        6);
    HttpResponse response =
        server.respond(
            Map.of("Host", "localhost", "Content-Type", "application/x-www-form-urlencoded"),
            form("2011-06-15", "AssumeRoleWithWebIdentity", all).getBytes(StandardCharsets.UTF_8));
    return ServerInMemory.text(response.body());
  }

  private String refusal(Map<String, String> claims) {
    return refusal(token(claims));
  }

  private String refusal(String token) {
    String answer = assume(token);
    assertThat(answer).doesNotContain(token);
    return only(answer, "Code") + ": " + only(answer, "Message");
  }

  private static String only(String xml, String element) {
    Matcher found = Pattern.compile("<" + element + ">([^<]*)</").matcher(xml);
    assertThat(found.find()).as(xml).isTrue();
    return found.group(1);
  }

  @Test
  void aTokenBeginsASessionOfTheRole() {
    String answer = assume(token(claims()), "DurationSeconds", "900");
    assertThat(only(answer, "SubjectFromWebIdentityToken")).isEqualTo("repo:ours/web");
    assertThat(only(answer, "Audience")).isEqualTo("sts.amazonaws.com");
    assertThat(only(answer, "Provider")).endsWith("oidc-provider/" + issuer.substring(8));
    assertThat(only(answer, "Expiration")).isEqualTo("2026-10-09T00:15:00Z");
    SignedForm session =
        new SignedForm(
            only(answer, "AccessKeyId"),
            only(answer, "SecretAccessKey"),
            Optional.of(only(answer, "SessionToken")),
            "us-east-1/sts");
    HttpResponse who = server.respond(session.post(form("2011-06-15", "GetCallerIdentity"), now));
    assertThat(ServerInMemory.text(who.body()))
        .contains("<Arn>arn:aws:sts::123456789012:assumed-role/Deployer/ci</Arn>");
    assume(token(claims()));
    assertThat(fetches).as("the keys are kept").hasValue(2);
  }

  @Test
  void whatATokenSaysIsChecked() {
    Map<String, String> other = claims();
    other.put("aud", quoted("another"));
    assertThat(refusal(other)).isEqualTo("InvalidIdentityToken: Incorrect token audience");
    Map<String, String> party = claims();
    party.put("azp", quoted("another"));
    assertThat(refusal(party)).isEqualTo("InvalidIdentityToken: Incorrect token audience");
    Map<String, String> expired = claims();
    expired.put("exp", Long.toString(now.getEpochSecond() - 1));
    assertThat(refusal(expired))
        .isEqualTo(
            "ExpiredTokenException: Token expired: current date/time %d must be before the"
                    .formatted(now.getEpochSecond())
                + " expiration date/time"
                + (now.getEpochSecond() - 1));
    Map<String, String> early = claims();
    early.put("nbf", Long.toString(now.getEpochSecond() + 301));
    assertThat(refusal(early)).startsWith("InvalidIdentityToken: ");
    Map<String, String> late = claims();
    late.put("iat", Long.toString(now.getEpochSecond() + 301));
    assertThat(refusal(late)).startsWith("InvalidIdentityToken: ");
    Map<String, String> nobody = claims();
    nobody.remove("sub");
    assertThat(refusal(nobody)).isEqualTo("InvalidIdentityToken: Missing a required claim: sub");
    Map<String, String> stranger = claims();
    stranger.put("iss", quoted("https://example.com"));
    assertThat(refusal(stranger))
        .isEqualTo(
            "InvalidIdentityToken: No OpenIDConnect provider found in your account for"
                + " https://example.com");
    Map<String, String> untrusted = claims();
    untrusted.put("sub", quoted("repo:theirs/web"));
    assertThat(refusal(untrusted))
        .isEqualTo("AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }

  @Test
  void onlySignaturesOfTheProviderCount() {
    String header = "{\"alg\":\"RS256\",\"kid\":\"one\"}";
    String invalid =
        "InvalidIdentityToken: The web identity token that was passed could not be validated";
    assertThat(refusal(token(header, claims(), rsa()))).isEqualTo(invalid);
    assertThat(refusal(token("{\"alg\":\"HS256\",\"kid\":\"one\"}", claims(), keys)))
        .isEqualTo(invalid);
    String unsigned = token("{\"alg\":\"none\"}", claims(), keys);
    assertThat(refusal(unsigned)).startsWith("InvalidIdentityToken: ");
    assertThat(refusal(unsigned.substring(0, unsigned.lastIndexOf('.') + 1)))
        .startsWith("InvalidIdentityToken: ");
    assertThat(refusal("no-token")).contains("is not a valid JWT");
  }

  @Test
  void aNewKeyIsFetchedWhenATokenNamesIt() {
    assertThat(assume(token(claims()))).contains("<Credentials>");
    keys = rsa();
    published = jwks("two", keys);
    String header = "{\"alg\":\"RS256\",\"kid\":\"two\"}";
    assertThat(refusal(token(header, claims(), keys))).contains("Couldn't retrieve verification");
    server.advance(Duration.ofSeconds(31));
    now = now.plusSeconds(31);
    assertThat(assume(token(header, claims(), keys))).contains("<Credentials>");
    int before = fetches.get();
    for (int i = 0; i < 10; i++) {
      refusal(token("{\"alg\":\"RS256\",\"kid\":\"x" + i + "\"}", claims(), keys));
    }
    assertThat(fetches).as("unknown keys do not make the server ask").hasValue(before);
  }

  @Test
  void theTokenTagsTheSession() {
    Map<String, String> tagged = claims();
    tagged.put("https://aws.amazon.com/tags", "{\"principal_tags\":{\"team\":[\"red\"]}}");
    String answer = assume(token(tagged));
    assertThat(Integer.parseInt(only(answer, "PackedPolicySize"))).isPositive();
    tagged.put("https://aws.amazon.com/tags", "{\"principal_tags\":{\"team\":[\"a\",\"b\"]}}");
    assertThat(refusal(tagged)).startsWith("InvalidIdentityToken: The claim");
  }

  @Test
  void keysMayComeFromAFileThatChanges() throws IOException {
    server.close();
    Path file = Files.writeString(directory.resolve("keys.json"), published);
    server =
        ServerInMemory.start(
            Map.of("root-key", "AKIDROOT", "account", "123456789012"),
            new OidcSettings(Map.of(issuer, file), Optional.empty()));
    makeRole();
    assertThat(assume(token(claims()))).contains("<Credentials>");
    keys = rsa();
    Files.writeString(file, jwks("one", keys));
    server.advance(Duration.ofSeconds(6));
    now = now.plusSeconds(6);
    assertThat(assume(token(claims()))).contains("<Credentials>");
    assertThat(fetches).hasValue(0);
  }

  @Test
  void aProviderThatCannotBeReachedIsSaidToBeAway() {
    provider.stop(0);
    assertThat(refusal(claims())).startsWith("IDPCommunicationError: ");
  }

  @Test
  void whoeverFailsTooOftenIsSlowed() {
    for (int i = 0; i < 60; i++) {
      assume("no-token");
    }
    assertThat(refusal("no-token")).startsWith("ServiceUnavailable: ");
  }
}
