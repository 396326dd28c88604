package org.ostraka.analytics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.server.OstrakaServer;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.config.DeliveryTargets;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.Protection;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedOrigins;

/** A server on a free port of loopback, and requests to it as JSON. */
record TestServer(OstrakaServer server, HttpClient http) implements AutoCloseable {

  static TestServer over(Path data) throws Exception {
    StoreLocation store = new StoreLocation.InDirectory(data);
    return new TestServer(
        OstrakaServer.start(
            new ServerSettings(
                InetAddress.getLoopbackAddress(),
                0,
                AllowedHosts.LOOPBACK,
                AllowedOrigins.LOCALHOST,
                store,
                false,
                ServerSettings.DEFAULT_BLOCK_CACHE_BYTES,
                Set.of(),
                Accounts.single(Accounts.DEFAULT_ACCOUNT),
                PrincipalSettings.NONE,
                0,
                DeliveryTargets.NONE,
                Protection.NONE,
                Encryption.NONE,
                EngineSettings.DEFAULT,
                ServerSettings.archive(store),
                ServerSettings.buckets(store)),
            _ -> {}),
        HttpClient.newHttpClient());
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Makes a table that can be exported. */
  void makeTable(String table) {
    call(
        "CreateTable",
        "{'TableName':'"
            + table
            + "','BillingMode':'PAY_PER_REQUEST',"
            + "'AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]}");
    call(
        "UpdateContinuousBackups",
        "{'TableName':'"
            + table
            + "','PointInTimeRecoverySpecification':{'PointInTimeRecoveryEnabled':true}}");
  }

  void put(String table, String item) {
    call("PutItem", "{'TableName':'" + table + "','Item':" + item + "}");
  }

  private void call(String operation, String request) {
    HttpResponse<String> answer = answer(operation, request);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.body());
    }
  }

  HttpResponse<String> answer(String operation, String request) {
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(url() + "/"))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("X-Amz-Date", "20260101T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(request.replace('\'', '"')))
            .build();
    try {
      return http.send(post, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
