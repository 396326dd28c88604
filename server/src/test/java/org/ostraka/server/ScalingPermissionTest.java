package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;

/** Auto scaling through signed requests: who may, and what comes back. */
final class ScalingPermissionTest {
  private static final Instant START = Instant.parse("2026-10-09T00:00:00Z");
  private static final SignedForm ROOT = SignedForm.of("AKIDROOT", "secret-of-AKIDROOT", "iam");
  private static final String REGISTER =
      """
      {"ServiceNamespace":"dynamodb","ResourceId":"table/orders",\
      "ScalableDimension":"dynamodb:table:ReadCapacityUnits","MinCapacity":5,"MaxCapacity":10}\
      """;

  private final ServerInMemory server =
      ServerInMemory.start(Map.of("root-key", "AKIDROOT", "account", "123456789012"));

  @BeforeEach
  void makeTable() {
    HttpResponse made =
        server.respond(
            ROOT.json(
                "CreateTable",
                """
                {"TableName":"orders","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
                 "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                 "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5}}\
                """,
                START));
    assertThat(made.status()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void userNeedsTheActionAndWhatItDoesToTheTable() {
    SignedForm bob = user();
    assertThat(answer(bob.scaling("RegisterScalableTarget", REGISTER, START)))
        .contains("is not authorized to perform: application-autoscaling:RegisterScalableTarget")
        .contains(
            "on resource:"
                + " arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/*");
    allow("application-autoscaling:*");
    assertThat(answer(bob.scaling("RegisterScalableTarget", REGISTER, START)))
        .contains(
            "User is missing the following permissions: dynamodb:DescribeTable,"
                + " dynamodb:UpdateTable");
    allow("dynamodb:*");
    assertThat(answer(bob.scaling("RegisterScalableTarget", REGISTER, START)))
        .contains("\"ScalableTargetARN\"");
  }

  @Test
  void answersHaveTheMediaTypeOfTheProtocol() {
    HttpResponse answer =
        server.respond(
            ROOT.scaling("DescribeScalableTargets", "{\"ServiceNamespace\":\"dynamodb\"}", START));
    assertThat(answer.contentType()).isEqualTo("application/x-amz-json-1.1");
    assertThat(ServerInMemory.text(answer.body())).isEqualTo("{\"ScalableTargets\":[]}");
  }

  private SignedForm user() {
    iam("CreateUser&UserName=Bob");
    String key = iam("CreateAccessKey&UserName=Bob");
    return SignedForm.of(only(key, "AccessKeyId"), only(key, "SecretAccessKey"), "iam");
  }

  private void allow(String action) {
    iam(
        "PutUserPolicy&UserName=Bob&PolicyName="
            + action.substring(0, 8)
            + "&PolicyDocument="
            + "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22"
            + "%2C%22Action%22%3A%22"
            + action.replace(":", "%3A")
            + "%22%2C%22Resource%22%3A%22*%22%7D%7D");
  }

  private String iam(String action) {
    return answer(ROOT.post("Version=2010-05-08&Action=" + action, START));
  }

  private String answer(HttpRequest request) {
    return ServerInMemory.text(server.respond(request).body());
  }

  private static String only(String xml, String element) {
    int begin = xml.indexOf("<" + element + ">") + element.length() + 2;
    return xml.substring(begin, xml.indexOf("</" + element + ">"));
  }
}
