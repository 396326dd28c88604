package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.conformance.OstrakaProcess.Ended;
import org.ostraka.conformance.SignedRequest.Plan;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * A server with a root key: what it accepts and refuses from the AWS SDK for Java and from raw
 * HTTP, what it says at its start, and that it shows no secret and no signature.
 */
final class SignaturesIT {
  private static final String MISMATCH = "The request signature we calculated does not match";

  @TempDir private Path directory;

  @Test
  void theSdkWorksWithTheRootKeyAndIsRefusedWithAnother() throws InterruptedException {
    try (OstrakaProcess server = serve()) {
      URI endpoint = server.endpoint();
      try (DynamoDbClient client = client(endpoint, RootKey.ID, RootKey.SECRET)) {
        client.createTable(VoteTable.request("votes"));
        client.putItem(put -> put.tableName("votes").item(VoteTable.key("1")));
        assertThat(client.getItem(get -> get.tableName("votes").key(VoteTable.key("1"))).hasItem())
            .isTrue();
      }
      assertRefused(client(endpoint, RootKey.ID, "another"), "InvalidSignatureException", MISMATCH);
      assertRefused(
          client(endpoint, "AKIDOTHER", RootKey.SECRET),
          "UnrecognizedClientException",
          "The security token included in the request is invalid.");
      AwsCredentials session = AwsSessionCredentials.create(RootKey.ID, RootKey.SECRET, "token");
      assertRefused(
          SdkClients.connect(endpoint, session),
          "UnrecognizedClientException",
          "The security token included in the request is invalid");
      assertNothingIsShown(server.terminate());
    }
  }

  @Test
  void whatAProxyLeavesIntactIsAccepted() throws Exception {
    try (OstrakaProcess server = serve()) {
      URI endpoint = server.endpoint();
      Plan plain = Plan.to("localhost:12345");
      assertAccepted(endpoint, SignedRequest.of(plain, "X-Forwarded-For: 10.0.0.1", "Via: 1.1 x"));
      assertAccepted(endpoint, SignedRequest.of(plain, "Origin: https://votes.example.org"));
      assertAccepted(endpoint, SignedRequest.of(plain.at("/", "b=2&a=1&a=0&c=d/e f%é")));
      assertAccepted(endpoint, SignedRequest.of(plain.at("/a%20b/c/", "")));
      assertAccepted(endpoint, SignedRequest.of(plain.at("/a/../b//c/./d", "x=")));
      assertAccepted(
          endpoint, SignedRequest.of(plain.with(compressed("{}")), "Content-Encoding: gzip"));
      Instant now = Instant.now();
      assertAccepted(endpoint, SignedRequest.of(plain.signedAt(now.minusSeconds(240))));
      assertAccepted(endpoint, SignedRequest.of(plain.signedAt(now.plusSeconds(240))));
      assertAccepted(
          endpoint,
          SignedRequest.of(
              plain
                  .at("/", "a=1")
                  .signedAt(now.minus(Duration.ofDays(6)))
                  .presigned(Duration.ofDays(7))));
      assertNothingIsShown(server.terminate());
    }
  }

  @Test
  void everyChangeIsRefused() throws InterruptedException {
    try (OstrakaProcess server = serve()) {
      URI endpoint = server.endpoint();
      Plan plain = Plan.to("localhost:12345");
      SignedRequest request = SignedRequest.of(plain.at("/", "a=1"));
      assertAccepted(endpoint, request);
      assertMismatch(endpoint, request.with(SignedRequest.bytes("{\"Limit\":1}")));
      assertMismatch(endpoint, request.changed(head -> head.replace("?a=1", "?a=2")));
      assertMismatch(endpoint, request.changed(head -> head.replace("?a=1", "?a=1&b")));
      assertMismatch(endpoint, request.changed(head -> head.replace("POST /", "POST /x")));
      assertMismatch(endpoint, request.changed(head -> head.replace("ListTables", "GetItem")));
      assertMismatch(endpoint, request.changed(head -> head.replace(":12345", ":12346")));
      assertMismatch(
          endpoint, request.changed(head -> head + "\r\nX-Amz-Target: DynamoDB_20120810.GetItem"));
      SignedRequest presigned = SignedRequest.of(plain.presigned(Duration.ofHours(1)));
      assertMismatch(
          endpoint, presigned.changed(head -> head.replace("Expires=3600", "Expires=3601")));
      assertNothingIsShown(server.terminate());
    }
  }

  @Test
  void clocksThatDifferAndSignaturesThatAreMissingAreRefused() throws InterruptedException {
    try (OstrakaProcess server = serve()) {
      URI endpoint = server.endpoint();
      Plan plain = Plan.to("localhost");
      Instant now = Instant.now();
      assertThat(SignedRequest.of(plain.signedAt(now.minusSeconds(360))).send(endpoint))
          .startsWith("HTTP/1.1 400 ")
          .contains("com.amazon.coral.service#InvalidSignatureException")
          .contains("Signature expired: ")
          .contains(" - 5 min.)");
      assertThat(SignedRequest.of(plain.signedAt(now.plusSeconds(360))).send(endpoint))
          .startsWith("HTTP/1.1 400 ")
          .contains("Signature not yet current: ")
          .contains(" + 5 min.)");
      Plan hourAgo = plain.signedAt(now.minusSeconds(3660)).presigned(Duration.ofHours(1));
      assertThat(SignedRequest.of(hourAgo).send(endpoint))
          .startsWith("HTTP/1.1 400 ")
          .contains("Signature expired: ")
          .contains(" - 60 min.)");
      SignedRequest request = SignedRequest.of(plain);
      assertThat(
              request.changed(head -> head.replaceFirst("Authorization", "X-Other")).send(endpoint))
          .startsWith("HTTP/1.1 400 ")
          .contains("com.amazon.coral.service#MissingAuthenticationTokenException");
      assertThat(request.changed(head -> head.replace("Signature=", "Sign=")).send(endpoint))
          .startsWith("HTTP/1.1 400 ")
          .contains("Authorization header requires 'Signature' parameter. Authorization=");
      server.terminate();
    }
  }

  @Test
  void theStartSaysWhetherSignaturesAreVerified() throws InterruptedException {
    try (OstrakaProcess server = serve()) {
      server.endpoint();
      Ended end = server.terminate();
      assertThat(end.standardOutput())
          .contains("Signatures are verified; the root access key is " + RootKey.ID)
          .noneMatch(line -> line.contains(RootKey.SECRET));
    }
    try (OstrakaProcess server =
        OstrakaProcess.start(Map.of(), "serve", "--port", "0", "--in-memory")) {
      server.endpoint();
      assertThat(server.terminate().standardOutput())
          .contains("Signatures are not verified; any credentials are taken");
    }
  }

  @Test
  void oneVariableAloneStopsTheStart() throws InterruptedException {
    try (OstrakaProcess server =
        OstrakaProcess.start(
            Map.of("OSTRAKA_ROOT_SECRET_ACCESS_KEY", RootKey.SECRET), "serve", "--port", "0")) {
      Ended end = server.awaitEnd();
      assertThat(end.status()).as(end.output()).isEqualTo(2);
      assertThat(end.output())
          .contains("OSTRAKA_ROOT_ACCESS_KEY_ID is not")
          .doesNotContain(RootKey.SECRET);
    }
  }

  private OstrakaProcess serve() throws InterruptedException {
    return OstrakaProcess.serve(directory.resolve("data"), RootKey.ENVIRONMENT);
  }

  private static DynamoDbClient client(URI endpoint, String id, String secret) {
    return SdkClients.connect(endpoint, AwsBasicCredentials.create(id, secret));
  }

  private static void assertRefused(DynamoDbClient client, String error, String message) {
    try (client) {
      assertThatExceptionOfType(DynamoDbException.class)
          .isThrownBy(client::listTables)
          .satisfies(refusal -> {
            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(error);
            assertThat(refusal.awsErrorDetails().errorMessage()).startsWith(message);
          });
    }
  }

  private static void assertAccepted(URI endpoint, SignedRequest request) {
    assertThat(request.send(endpoint)).as(request.head()).startsWith("HTTP/1.1 200 ");
  }

  private static void assertMismatch(URI endpoint, SignedRequest request) {
    assertThat(request.send(endpoint))
        .as(request.head())
        .startsWith("HTTP/1.1 400 ")
        .contains("com.amazon.coral.service#InvalidSignatureException")
        .contains(MISMATCH);
  }

  /** Checks that neither the secret nor a signature is in the server's output. */
  private static void assertNothingIsShown(Ended end) {
    assertThat(end.status()).as(end.output()).isZero();
    assertThat(end.output()).doesNotContain(RootKey.SECRET).doesNotContain("Signature=");
  }

  private static byte[] compressed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(SignedRequest.bytes(text));
    }
    return bytes.toByteArray();
  }
}
