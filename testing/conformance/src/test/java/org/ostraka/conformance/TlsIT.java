package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A server with a certificate, and the AWS SDK for Java over TLS. Three tests run at once, since a
 * server reads a changed certificate only after a while.
 */
@Execution(ExecutionMode.CONCURRENT)
final class TlsIT {
  @TempDir private Path directory;

  @Test
  void theSdkWorksOverTlsAndTrustsOnlyItsCertificate() throws Exception {
    SelfSigned certificate = SelfSigned.make(directory, "server");
    SelfSigned other = SelfSigned.make(directory, "other");
    try (OstrakaProcess server = serve(certificate)) {
      assertThat(server.endpoint().getScheme()).isEqualTo("https");
      try (DynamoDbClient client = client(server.endpoint(), certificate)) {
        client.createTable(VoteTable.request("votes"));
        client.putItem(put -> put.tableName("votes").item(VoteTable.key("1")));
        assertThat(client.getItem(get -> get.tableName("votes").key(VoteTable.key("1"))).hasItem())
            .isTrue();
      }
      try (DynamoDbClient client = client(server.endpoint(), other)) {
        assertThatThrownBy(client::listTables).isInstanceOf(SdkClientException.class);
      }
      assertThat(server.terminate().status()).isZero();
    }
  }

  @Test
  void aChangedCertificateIsUsedWithoutDroppingConnections() throws Exception {
    SelfSigned first = SelfSigned.make(directory, "first");
    SelfSigned second = SelfSigned.make(directory, "second");
    SelfSigned served =
        new SelfSigned(directory.resolve("s.pem"), directory.resolve("s.key"), first.store());
    first.copyTo(served.certificate(), served.key());
    try (OstrakaProcess server = serve(served);
        DynamoDbClient open = client(server.endpoint(), first)) {
      open.listTables();
      second.copyTo(served.certificate(), served.key());
      long start = System.nanoTime();
      boolean changed = false;
      while (!changed) {
        open.listTables(); // on the connection from before
        changed = trusts(server.endpoint(), second);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(OstrakaProcess.LIMIT);
      }
      open.listTables();
      assertThat(trusts(server.endpoint(), first)).isFalse();
    }
  }

  private static boolean trusts(URI endpoint, SelfSigned certificate) {
    try (DynamoDbClient client = client(endpoint, certificate)) {
      client.listTables();
      return true;
    } catch (SdkClientException _) {
      return false;
    }
  }

  @Test
  void anAddressBeyondLoopbackNeedsTlsAndARootKey() throws Exception {
    SelfSigned certificate = SelfSigned.make(directory, "server");
    String[] withTls = {
      "serve",
      "--in-memory",
      "--host",
      "0.0.0.0",
      "--port",
      "0",
      "--tls-certificate",
      certificate.certificate().toString(),
      "--tls-key",
      certificate.key().toString()
    };
    OstrakaProcess.Ended refused = OstrakaProcess.run(withTls);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.output()).contains("OSTRAKA_ROOT_ACCESS_KEY_ID names a root key");
    try (OstrakaProcess server = OstrakaProcess.start(RootKey.ENVIRONMENT, withTls)) {
      server.endpoint();
      List<String> errors = server.terminate().standardError();
      assertThat(errors).noneMatch(line -> line.contains("WARNING"));
    }
  }

  @Test
  void clientsOfOtherNetworksAreClosedBeforeTheyAreRead() throws Exception {
    try (OstrakaProcess server =
        OstrakaProcess.serveWith(
            directory.resolve("data"), "--allow-from", "10.0.0.0/8, 2001:db8::/32")) {
      URI endpoint = server.endpoint();
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> SdkClients.connect(endpoint).listTables())
            .isInstanceOf(SdkClientException.class);
      }
      assertThat(server.terminate().standardError())
          .filteredOn(line -> line.contains("--allow-from does not name"))
          .hasSize(1)
          .allMatch(line -> line.contains("127.0.0.1"));
    }
  }

  private OstrakaProcess serve(SelfSigned certificate) throws InterruptedException {
    return OstrakaProcess.serveWith(
        directory.resolve("data"),
        RootKey.ENVIRONMENT,
        "--tls-certificate",
        certificate.certificate().toString(),
        "--tls-key",
        certificate.key().toString());
  }

  private static DynamoDbClient client(URI endpoint, SelfSigned trusted) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(RootKey.ID, RootKey.SECRET)))
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .tlsTrustManagersProvider(trusted::trust)
                // The first handshake of a new process can take longer than the default, two
                // seconds.
                .connectionTimeout(OstrakaProcess.LIMIT))
        .overrideConfiguration(
            override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }
}
