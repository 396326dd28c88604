package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.conformance.OstrakaProcess.Ended;
import org.ostraka.conformance.SignedRequest.Plan;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Plants secrets, session tokens and contents of items in requests of many kinds, with the log at
 * its finest level, and looks for them in everything that the server writes but its data.
 */
final class SecretsIT {
  private static final String CONTENT = "planted-content-8d1f";
  private static final String TOKEN = "planted-token-77aa/+=";
  private static final String WRONG_SECRET = "planted-secret-52cc";

  @TempDir private Path directory;

  @Test
  void noSecretNoTokenAndNoContentIsShown() throws Exception {
    Path log = directory.resolve("logback.xml");
    Files.writeString(
        log,
        "<configuration><appender name='E' class='ch.qos.logback.core.ConsoleAppender'>"
            + "<target>System.err</target><encoder><pattern>%level %logger %msg%n%ex</pattern>"
            + "</encoder></appender><root level='TRACE'><appender-ref ref='E'/></root>"
            + "</configuration>");
    Map<String, String> environment =
        Map.of(
            "OSTRAKA_JAVA_OPTIONS",
            "-Dlogback.configurationFile=" + log,
            "OSTRAKA_ROOT_ACCESS_KEY_ID",
            RootKey.ID,
            "OSTRAKA_ROOT_SECRET_ACCESS_KEY",
            RootKey.SECRET);
    List<String> errors = new ArrayList<>();
    Ended end;
    try (OstrakaProcess server =
        OstrakaProcess.serveWith(
            directory.resolve("data"), environment, "--audit-data-events", "all")) {
      requestsThatAreServed(server.endpoint(), errors);
      requestsThatAreRefused(server.endpoint(), errors);
      end = server.terminate();
    }
    assertThat(end.output()).contains("TRACE"); // the log was fine enough
    assertThat(errors).isNotEmpty();
    List<String> shown = new ArrayList<>(List.of(end.output()));
    shown.addAll(errors);
    shown.addAll(audited());
    for (String secret : List.of(RootKey.SECRET, WRONG_SECRET, TOKEN, "planted-token", CONTENT)) {
      assertThat(shown).as(secret).noneMatch(text -> text.contains(secret));
    }
  }

  private static void requestsThatAreServed(URI endpoint, List<String> errors) {
    try (DynamoDbClient client =
        SdkClients.connect(endpoint, AwsBasicCredentials.create(RootKey.ID, RootKey.SECRET))) {
      client.createTable(VoteTable.request("votes"));
      Map<String, AttributeValue> key = VoteTable.key(CONTENT);
      client.putItem(put -> put.tableName("votes").item(key));
      client.getItem(get -> get.tableName("votes").key(key));
      client.scan(scan -> scan.tableName("votes"));
      client.executeStatement(statement ->
          statement.statement("SELECT * FROM votes WHERE PK = 'VOTE#" + CONTENT + "'"));
      attempt(
          errors,
          () ->
              client.updateItem(update ->
                  update
                      .tableName("votes")
                      .key(key)
                      .updateExpression("SET a = :new")
                      .conditionExpression("attribute_not_exists(PK)")
                      .expressionAttributeValues(Map.of(":new", AttributeValue.fromS(CONTENT)))));
      attempt(
          errors,
          () ->
              client.putItem(
                  put -> put.tableName("votes").item(Map.of("PK", AttributeValue.fromS(CONTENT)))));
      attempt(errors, () -> client.getItem(get -> get.tableName("rolls").key(key)));
      attempt(
          errors,
          () ->
              client.transactWriteItems(transaction ->
                  transaction.transactItems(
                      TransactWriteItem.builder()
                          .put(put ->
                              put.tableName("votes")
                                  .item(key)
                                  .conditionExpression("attribute_not_exists(PK)"))
                          .build())));
    }
  }

  private static void requestsThatAreRefused(URI endpoint, List<String> errors) throws IOException {
    for (DynamoDbClient client :
        List.of(
            SdkClients.connect(endpoint, AwsBasicCredentials.create(RootKey.ID, WRONG_SECRET)),
            SdkClients.connect(endpoint, AwsBasicCredentials.create("AKIDOTHER", WRONG_SECRET)),
            SdkClients.connect(
                endpoint, AwsSessionCredentials.create(RootKey.ID, WRONG_SECRET, TOKEN)),
            SdkClients.connect(
                endpoint, AwsSessionCredentials.create(RootKey.ID, RootKey.SECRET, TOKEN)))) {
      try (client) {
        attempt(
            errors,
            () -> client.putItem(put -> put.tableName("votes").item(VoteTable.key(CONTENT))));
      }
    }
    SignedRequest signed = SignedRequest.of(Plan.to("localhost").signedAt(Instant.now()));
    errors.add(signed.with(SignedRequest.bytes("{\"a\":\"" + CONTENT + "\"}")).send(endpoint));
    errors.add(
        raw(
            endpoint,
            "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Security-Token: "
                + TOKEN
                + "\r\nbroken\r\n\r\n"
                + CONTENT));
    errors.add(
        raw(endpoint, "POST / HTTP/1.1\r\nHost: other\r\nContent-Length: 20\r\n\r\n" + CONTENT));
    errors.add(
        raw(
            endpoint,
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close\r\nContent-Length: 90\r\n\r\n"
                + "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&WebIdentityToken=planted-token-77aa%2F"));
  }

  private static void attempt(List<String> errors, Runnable request) {
    try {
      request.run();
    } catch (SdkException refused) {
      errors.add(String.valueOf(refused.getMessage()));
    }
  }

  private static String raw(URI endpoint, String request) throws IOException {
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<String> audited() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("data/audit"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        texts.add(Files.readString(file));
      }
    }
    assertThat(texts).isNotEmpty();
    return texts;
  }
}
