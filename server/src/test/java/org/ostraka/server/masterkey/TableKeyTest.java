package org.ostraka.server.masterkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.identity.signature.AccessKey;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.server.OstrakaServer;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.config.DeliveryTargets;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.MasterKeyLocation;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.Protection;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedOrigins;

/**
 * A server whose tables have keys of their own in a KMS. The texts follow the reports
 * https://github.com/aws/aws-cdk/issues/10010 and "DisabledException" of KMS's API reference;
 * states and members follow "SSEDescription" and "TableDescription" of DynamoDB's API reference.
 */
final class TableKeyTest {
  private static final String MASTER = "arn:aws:kms:eu-central-1:000000000000:alias/ostraka";
  private static final String KEY =
      "arn:aws:kms:eu-central-1:000000000000:key/11111111-2222-3333-4444-555555555555";
  private static final Secret SECRET = new Secret("the-secret-of-the-server");
  private static final String DISABLED =
      "KMS validation error: com.amazonaws.services.kms.model.DisabledException: "
          + KEY
          + " is disabled. .Service: AWSKMS; Status Code: 400; Error Code: DisabledException;"
          + " Request ID: [0-9a-f-]{36}; Proxy: null.";

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private final StandInKeyService kms =
      new StandInKeyService(
          new AccessKey(
              "AKIDSERVER",
              new Principal.AccessKey("AKIDSERVER"),
              new AccountId("000000000000"),
              SECRET,
              Optional.empty()),
          InstantSource.system());

  @AfterEach
  void close() {
    kms.close();
    http.close();
  }

  @Test
  void aTableWhoseKeyIsDisabledIsOutOfReachUntilTheKeyIsBack() throws Exception {
    try (OstrakaServer server = start()) {
      create(server, "plain", "");
      create(server, "secret", specification());
      put(server, "plain");
      put(server, "secret");
      assertThat(call(server, "GetItem", get("secret"))).contains("Themistocles");
    }
    kms.disable(KEY);
    try (OstrakaServer server = start()) {
      assertThat(call(server, "GetItem", get("plain"))).contains("Themistocles");
      assertThat(call(server, "GetItem", get("secret")))
          .contains("ValidationException")
          .containsPattern(DISABLED);
      assertThat(call(server, "DescribeTable", "{\"TableName\":\"secret\"}"))
          .contains("\"TableStatus\":\"INACCESSIBLE_ENCRYPTION_CREDENTIALS\"")
          .contains("\"KMSMasterKeyArn\":\"" + KEY + "\"")
          .containsPattern("\"InaccessibleEncryptionDateTime\":1[0-9]{9}");
      assertThat(call(server, "DescribeTable", "{\"TableName\":\"plain\"}"))
          .contains("\"TableStatus\":\"ACTIVE\"")
          .doesNotContain("InaccessibleEncryptionDateTime");
    }
    kms.enable(KEY);
    try (OstrakaServer server = start()) {
      assertThat(call(server, "GetItem", get("secret"))).contains("Themistocles");
      assertThat(call(server, "DescribeTable", "{\"TableName\":\"secret\"}"))
          .contains("\"TableStatus\":\"ACTIVE\"");
    }
  }

  @Test
  void aTableWhoseKeyIsDisabledCanBeDeleted() throws Exception {
    try (OstrakaServer server = start()) {
      create(server, "secret", specification());
      put(server, "secret");
    }
    kms.disable(KEY);
    try (OstrakaServer server = start()) {
      assertThat(call(server, "DeleteTable", "{\"TableName\":\"secret\"}"))
          .contains("\"TableStatus\":\"DELETING\"");
    }
  }

  @Test
  void aTableGetsNoKeyThatIsDisabled() throws Exception {
    kms.disable(KEY);
    try (OstrakaServer server = start()) {
      assertThat(call(server, "CreateTable", table("secret", specification())))
          .contains("ValidationException")
          .containsPattern(DISABLED);
      create(server, "plain", "");
      assertThat(call(server, "UpdateTable", "{\"TableName\":\"plain\"" + specification() + "}"))
          .contains("ValidationException")
          .containsPattern(DISABLED);
      assertThat(call(server, "DescribeTable", "{\"TableName\":\"plain\"}"))
          .doesNotContain("SSEDescription");
    }
  }

  private OstrakaServer start() throws Exception {
    Encryption encryption =
        new Encryption(
            true,
            Encryption.KEY_LIFETIME,
            new MasterKeyLocation.InKms(
                kms.uri(), MASTER, "eu-central-1", "AKIDSERVER", SECRET, Optional.empty()));
    return OstrakaServer.start(settings(encryption), _ -> {});
  }

  private ServerSettings settings(Encryption encryption) {
    return new ServerSettings(
        InetAddress.getLoopbackAddress(),
        0,
        AllowedHosts.LOOPBACK,
        AllowedOrigins.LOCALHOST,
        new StoreLocation.InDirectory(directory.resolve("data")),
        false,
        ServerSettings.DEFAULT_BLOCK_CACHE_BYTES,
        Set.of(),
        Accounts.single(Accounts.DEFAULT_ACCOUNT),
        PrincipalSettings.NONE,
        0,
        DeliveryTargets.NONE,
        Protection.NONE,
        encryption,
        EngineSettings.DEFAULT,
        Optional.empty());
  }

  private void create(OstrakaServer server, String name, String more) throws Exception {
    assertThat(call(server, "CreateTable", table(name, more))).contains("TableDescription");
  }

  private void put(OstrakaServer server, String table) throws Exception {
    String item = "{\"TableName\":\"" + table + "\",\"Item\":{\"id\":{\"S\":\"1\"},";
    assertThat(call(server, "PutItem", item + "\"vote\":{\"S\":\"Themistocles\"}}}"))
        .isEqualTo("{}");
  }

  private static String get(String table) {
    return "{\"TableName\":\"" + table + "\",\"Key\":{\"id\":{\"S\":\"1\"}}}";
  }

  private static String specification() {
    return ",\"SSESpecification\":{\"Enabled\":true,\"SSEType\":\"KMS\",\"KMSMasterKeyId\":\""
        + KEY
        + "\"}";
  }

  private static String table(String name, String more) {
    return "{\"TableName\":\""
        + name
        + "\",\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],"
        + "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],"
        + "\"BillingMode\":\"PAY_PER_REQUEST\""
        + more
        + "}";
  }

  private String call(OstrakaServer server, String operation, String body) throws Exception {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    HttpRequest request =
        HttpRequest.newBuilder(new URI("http", null, host, server.port(), "/", null, null))
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Date", "20260301T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260301/eu-central-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
