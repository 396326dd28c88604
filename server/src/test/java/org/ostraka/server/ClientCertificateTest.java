package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.model.Region;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.auth.IamFileException;
import org.ostraka.server.config.DeliveryTargets;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.OidcSettings;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.Protection;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedNetworks;
import org.ostraka.server.http.AllowedOrigins;
import org.ostraka.server.http.TlsServer;
import org.ostraka.server.tls.ClientCertificates;
import org.ostraka.server.tls.TlsContexts;
import org.ostraka.server.tls.TlsFiles;
import org.ostraka.testkit.certificate.CertificateAuthority.KeyKind;
import org.ostraka.testkit.certificate.IssuedCertificate;

/** Clients whose certificate stands for a user or a role, and who sign nothing. */
final class ClientCertificateTest {
  private static final String NOBODY =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}]}\
      """;
  private static final String LISTS =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "dynamodb:ListTables", "Resource": "*"}]}\
      """;
  private static final String ACCOUNTS =
      """
      {"Accounts": {"111122223333": {
        "Users": {"ballots": {"Path": "/voting/", "InlinePolicies": {"Lists": %s}}},
        "Roles": {"counter": {"TrustPolicy": %s, "InlinePolicies": {"Lists": %s}},
          "idle": {"TrustPolicy": %s}}}}}
      """
          .formatted(LISTS, NOBODY, LISTS, NOBODY);
  private static final String CERTIFICATES =
      """
      {"Certificates": [
        {"Subject": "CN=Ballots, O=Example", "Principal": "arn:aws:iam::111122223333:user/voting/ballots"},
        {"Uri": "spiffe://example/counter", "Principal": "arn:aws:iam::111122223333:role/counter"},
        {"Subject": "CN=idle", "Principal": "arn:aws:iam::111122223333:role/idle"},
        {"Subject": "CN=gone", "Principal": "arn:aws:iam::111122223333:user/gone"}]}
      """;
  private static final String NO_TABLES = "{\"TableNames\":[]}";

  @TempDir Path directory;
  private OstrakaServer server;

  @BeforeEach
  void start() throws Exception {
    server = start(CERTIFICATES, Set.of(new Region("eu-central-1")));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aSubjectOrAUriStandsForAUserOrARole() throws Exception {
    assertThat(list(TlsServer.client(certificate("CN=ballots,O=EXAMPLE")))).isEqualTo(NO_TABLES);
    IssuedCertificate counter =
        TlsServer.AUTHORITY.issueWithUri("CN=anything", "spiffe://example/counter");
    assertThat(list(TlsServer.client(counter))).isEqualTo(NO_TABLES);
  }

  @Test
  void policiesAreThoseOfTheUserOrRole() throws Exception {
    assertThat(list(TlsServer.client(certificate("CN=idle"))))
        .contains("AccessDeniedException")
        .containsPattern(
            "User: arn:aws:sts::111122223333:assumed-role/idle/[0-9a-f]+ is not authorized to"
                + " perform: dynamodb:ListTables");
    String create =
        post(
            TlsServer.client(certificate("CN=Ballots,O=Example")),
            "DeleteTable",
            "{\"TableName\":\"votes\"}");
    assertThat(create)
        .contains("User: arn:aws:iam::111122223333:user/voting/ballots is not authorized")
        .contains("arn:aws:dynamodb:eu-central-1:111122223333:table/votes");
  }

  @Test
  void whoIsNotNamedHasToSign() throws Exception {
    assertThat(list(TlsServer.client(certificate("CN=somebody"))))
        .contains("MissingAuthenticationTokenException");
    assertThat(list(TlsServer.client())).contains("MissingAuthenticationTokenException");
    assertThat(list(TlsServer.client(certificate("CN=gone"))))
        .contains("UnrecognizedClientException");
  }

  @Test
  void aWrongSignatureCountsInSpiteOfTheCertificate() throws Exception {
    HttpRequest.Builder request =
        request("ListTables", "{}")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDROOT/20261128/eu-central-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host;x-amz-date, Signature=0")
            .header("X-Amz-Date", "20261128T120000Z");
    assertThat(send(TlsServer.client(certificate("CN=ballots,O=Example")), request))
        .contains("InvalidSignatureException");
  }

  @Test
  void aWebPageCannotUseTheCertificateOfItsVisitor() throws Exception {
    HttpRequest.Builder request =
        request("ListTables", "{}").header("Origin", "https://evil.example");
    assertThat(send(TlsServer.client(certificate("CN=ballots,O=Example")), request))
        .doesNotContain("TableNames");
    HttpRequest.Builder form =
        HttpRequest.newBuilder(address())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("Action=ListUsers&Version=2010-05-08"));
    assertThat(send(TlsServer.client(certificate("CN=ballots,O=Example")), form))
        .doesNotContain("ListUsersResult");
  }

  @Test
  void aRegionHasToBeClear() {
    String two =
        "{\"Certificates\": [{\"Dns\": \"a\", \"Principal\":"
            + " \"arn:aws:iam::111122223333:user/a\"%s}]}";
    assertThatThrownBy(() -> start(two.formatted(""), Set.of()).close())
        .isInstanceOf(IamFileException.class)
        .hasMessageContaining("a Region is missing");
    assertThatThrownBy(() ->
            start(two.formatted(", \"Region\": \"us-east-1\""), Set.of(new Region("eu-central-1")))
                .close())
        .isInstanceOf(IamFileException.class)
        .hasMessageContaining("us-east-1 is not served");
  }

  private static IssuedCertificate certificate(String name) {
    return TlsServer.AUTHORITY.issue(name, KeyKind.EC);
  }

  private String list(HttpClient client) throws Exception {
    return post(client, "ListTables", "{}");
  }

  private String post(HttpClient client, String operation, String body) throws Exception {
    return send(client, request(operation, body));
  }

  private static String send(HttpClient client, HttpRequest.Builder request) throws Exception {
    try (client) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private HttpRequest.Builder request(String operation, String body) {
    return HttpRequest.newBuilder(address())
        .header("X-Amz-Target", "DynamoDB_20120810." + operation)
        .header("Content-Type", "application/x-amz-json-1.0")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private URI address() {
    return URI.create("https://localhost:" + server.port() + "/");
  }

  private OstrakaServer start(String certificates, Set<Region> regions) throws Exception {
    IssuedCertificate own = certificate("CN=localhost");
    TlsFiles files =
        new TlsFiles(
            write("server.pem", own.chainPem()),
            write("server.key", own.keyPem()),
            Optional.of(write("ca.pem", TlsServer.AUTHORITY.pem())),
            ClientCertificates.OPTIONAL);
    return OstrakaServer.start(
        new ServerSettings(
            InetAddress.getLoopbackAddress(),
            0,
            AllowedHosts.LOOPBACK,
            AllowedOrigins.LOCALHOST,
            new StoreLocation.InMemory(),
            false,
            ServerSettings.DEFAULT_BLOCK_CACHE_BYTES,
            regions,
            Accounts.single(Accounts.DEFAULT_ACCOUNT),
            new PrincipalSettings(
                Optional.empty(),
                false,
                Optional.of(write("iam.json", ACCOUNTS)),
                Map.of(),
                OidcSettings.NONE),
            0,
            DeliveryTargets.NONE,
            new Protection(
                AllowedNetworks.ALL,
                Optional.empty(),
                Optional.of(TlsContexts.open(files, InstantSource.system())),
                Optional.of(write("certificates.json", certificates))),
            Encryption.NONE,
            EngineSettings.DEFAULT,
            Optional.empty()),
        _ -> {});
  }

  private Path write(String name, String content) throws Exception {
    return Files.writeString(directory.resolve(name), content);
  }
}
