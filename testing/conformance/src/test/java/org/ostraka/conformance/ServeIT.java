package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.conformance.OstrakaProcess.Ended;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * {@code ostraka serve} as an operator sees it: its output, its refusals, and the files that it
 * leaves.
 */
final class ServeIT {

  @TempDir private Path directory;

  @Test
  void itSaysWhereItListensWhereDataLiesAndHowToReachIt() throws InterruptedException {
    Path data = directory.resolve("data");
    try (OstrakaProcess server = OstrakaProcess.serve(data)) {
      URI endpoint = server.endpoint();
      assertThat(endpoint.getHost()).isEqualTo("127.0.0.1");
      Ended end = server.terminate();
      assertThat(end.status()).as(end.output()).isZero();
      assertThat(String.join("\n", end.standardOutput()))
          .contains(data.toString())
          .contains("aws dynamodb")
          .contains("--endpoint-url " + endpoint);
    }
  }

  @Test
  void theDataDirectoryIsForItsOwnerOnly() throws Exception {
    Path data = directory.resolve("data");
    try (OstrakaProcess server = OstrakaProcess.serve(data)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
          .isEqualTo("rwx------");
      server.terminate();
    }
  }

  @Test
  void aSecondProcessOnOneDataDirectoryIsTurnedAway() throws InterruptedException {
    Path data = directory.resolve("data");
    try (OstrakaProcess first = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(first.endpoint())) {
      Ended second = OstrakaProcess.run("serve", "--port", "0", "--data", data.toString());
      assertOneLine(second, 1, data.toString());
      client.createTable(VoteTable.request("votes"));
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertOneLine(
          OstrakaProcess.run(
              "serve", "--port", port, "--data", directory.resolve("data").toString()),
          1,
          port);
    }
  }

  @Test
  void aDataDirectoryThatCannotBeOneIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "no directory");
    assertOneLine(
        OstrakaProcess.run("serve", "--port", "0", "--data", file.toString()), 1, file.toString());
  }

  @Test
  void anOptionThatDoesNotExistIsAMistakeOfTheCaller() throws InterruptedException {
    Ended end = OstrakaProcess.run("serve", "--no-such-option");
    assertThat(end.status()).as(end.output()).isEqualTo(2);
    assertThat(String.join("\n", end.standardError())).contains("--no-such-option");
  }

  @Test
  void aHostThatOthersCanReachNeedsConsent() throws InterruptedException {
    Ended end = OstrakaProcess.run("serve", "--port", "0", "--host", "0.0.0.0", "--in-memory");
    assertThat(end.status()).as(end.output()).isNotZero();
    assertThat(String.join("\n", end.standardError())).contains("--insecure");
  }

  @Test
  void memoryForgetsAtTheEndAndLeavesNoFile() throws Exception {
    for (int life = 0; life < 2; life++) {
      try (OstrakaProcess server =
              OstrakaProcess.start(Map.of(), "serve", "--port", "0", "--in-memory");
          DynamoDbClient client = SdkClients.connect(server.endpoint())) {
        assertThat(client.listTables().tableNames()).isEmpty();
        client.createTable(VoteTable.request("votes"));
        client.putItem(put -> put.tableName("votes").item(VoteTable.key("1")));
        assertThat(client.getItem(get -> get.tableName("votes").key(VoteTable.key("1"))).hasItem())
            .isTrue();
        assertThat(server.terminate().status()).isZero();
      }
    }
  }

  @Test
  void theRegionOfARequestIsThatOfItsCredentials() throws InterruptedException {
    try (OstrakaProcess server =
            OstrakaProcess.start(Map.of(), "serve", "--port", "0", "--in-memory");
        DynamoDbClient client = SdkClients.connect(server.endpoint(), Region.AP_SOUTH_1)) {
      assertThat(client.createTable(VoteTable.request("votes")).tableDescription().tableArn())
          .startsWith("arn:aws:dynamodb:ap-south-1:");
    }
  }

  @Test
  void aRegionThatIsNotServedIsRefused() throws InterruptedException {
    try (OstrakaProcess server =
            OstrakaProcess.start(
                Map.of(), "serve", "--port", "0", "--in-memory", "--region", "eu-west-1");
        DynamoDbClient served = SdkClients.connect(server.endpoint(), Region.EU_WEST_1);
        DynamoDbClient other = SdkClients.connect(server.endpoint(), Region.AP_SOUTH_1)) {
      served.createTable(VoteTable.request("votes"));
      assertThatExceptionOfType(DynamoDbException.class)
          .isThrownBy(other::listTables)
          .satisfies(refusal -> assertThat(refusal.statusCode()).isEqualTo(400))
          .withMessageContaining("ap-south-1");
    }
  }

  @Test
  void anOperationThatDoesNotExistIsRefused() throws Exception {
    try (OstrakaProcess server =
            OstrakaProcess.start(Map.of(), "serve", "--port", "0", "--in-memory");
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(unknownOperation(server.endpoint()), text());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
      assertThat(response.body()).contains("UnknownOperationException");
    }
  }

  @Test
  void aCheckOfWhatIsNoDataDirectoryFails() throws InterruptedException {
    Ended end = OstrakaProcess.run("check", directory.resolve("missing").toString());
    assertThat(end.status()).as(end.output()).isNotZero();
    assertThat(directory.resolve("missing")).doesNotExist();
  }

  private static HttpRequest unknownOperation(URI endpoint) {
    return HttpRequest.newBuilder(endpoint)
        .header("Content-Type", "application/x-amz-json-1.0")
        .header("X-Amz-Target", "DynamoDB_20120810.ScratchOstrakon")
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=ostraka/20260101/us-east-1/dynamodb/aws4_request,"
                + " SignedHeaders=host, Signature=00")
        .POST(HttpRequest.BodyPublishers.ofString("{}"))
        .build();
  }

  private static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString();
  }

  /** Checks that the error is one line that names the cause, without a stack trace. */
  private static void assertOneLine(Ended end, int status, String culprit) {
    assertThat(end.status()).as(end.output()).isEqualTo(status);
    List<String> said = new ArrayList<>(end.standardError());
    said.removeIf(String::isBlank);
    assertThat(said).as(end.output()).hasSize(1);
    assertThat(said.getFirst()).contains(culprit);
  }
}
