package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;

/** Users and roles that are made through IAM sign requests to tables, within their policies. */
final class PrincipalsTest {
  private static final Instant START = Instant.parse("2026-10-09T00:00:00Z");
  private static final SignedForm ROOT = SignedForm.of("AKIDROOT", "secret-of-AKIDROOT", "iam");
  private static final String OWN_ITEMS =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:*","Resource":"*",\
      "Condition":{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":"${aws:username}"},\
      "Null":{"dynamodb:LeadingKeys":"false"}}}]}\
      """;

  private static final String DENIED =
      "\"FailureCode\":\"S3AccessDenied\",\"FailureMessage\":\"Access Denied\"";

  private final ServerInMemory server =
      ServerInMemory.start(Map.of("root-key", "AKIDROOT", "account", "123456789012"));
  private Instant now = START;

  @BeforeEach
  void makeTable() {
    HttpResponse made =
        server.respond(
            ROOT.json(
                "CreateTable",
                """
                {"TableName":"orders","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
                 "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                 "BillingMode":"PAY_PER_REQUEST"}\
                """,
                now));
    assertThat(made.status()).as(text(made)).isEqualTo(200);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aUserReachesItsOwnItemsOnly() {
    SignedForm bob = user("Bob");
    assertThat(answer(bob.json("GetItem", key("Bob"), now)))
        .contains("is not authorized to perform: dynamodb:GetItem on resource:")
        .contains("because no identity-based policy allows the dynamodb:GetItem action");
    iam("PutUserPolicy", "UserName", "Bob", "PolicyName", "own", "PolicyDocument", OWN_ITEMS);
    assertThat(answer(bob.json("GetItem", key("Bob"), now))).isEqualTo("{}");
    assertThat(answer(bob.json("GetItem", key("Eve"), now))).contains("not authorized");
    assertThat(answer(bob.json("Scan", "{\"TableName\":\"orders\"}", now)))
        .contains("not authorized to perform: dynamodb:Scan");
    assertThat(
            answer(
                bob.json(
                    "TransactGetItems",
                    "{\"TransactItems\":[{\"Get\":%s},{\"Get\":%s}]}"
                        .formatted(key("Bob"), key("Eve")),
                    now)))
        .contains("not authorized to perform: dynamodb:GetItem");
  }

  /** "Requesting a table import in DynamoDB" and "... export ..." name the actions on buckets. */
  @Test
  void exportsAndImportsNeedTheirBuckets() {
    SignedForm bob = user("Bob");
    String all = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",%s}]}";
    String tables = all.formatted("\"Action\":\"dynamodb:*\",\"Resource\":\"*\"");
    iam("PutUserPolicy", "UserName", "Bob", "PolicyName", "tables", "PolicyDocument", tables);
    answer(
        bob.json(
            "UpdateContinuousBackups",
            "{\"TableName\":\"orders\",\"PointInTimeRecoverySpecification\":"
                + "{\"PointInTimeRecoveryEnabled\":true}}",
            now));
    advance(Duration.ofSeconds(10));
    assertThat(imported(bob, "in/")).contains("\"ImportStatus\":\"FAILED\"").contains(DENIED);
    assertThat(exported(bob, "out")).contains("\"ExportStatus\":\"FAILED\"").contains(DENIED);
    String buckets =
        all.formatted(
            "\"Action\":[\"s3:ListBucket\",\"s3:GetObject\",\"s3:PutObject\"],\"Resource\":"
                + "[\"arn:aws:s3:::bucket\",\"arn:aws:s3:::bucket/in/*\","
                + "\"arn:aws:s3:::bucket/out/*\"]");
    iam("PutUserPolicy", "UserName", "Bob", "PolicyName", "buckets", "PolicyDocument", buckets);
    assertThat(imported(bob, "in/")).contains("\"ImportStatus\":\"COMPLETED\"");
    assertThat(imported(bob, "secret/")).contains(DENIED);
    assertThat(exported(bob, "out")).contains("\"ExportStatus\":\"COMPLETED\"");
    assertThat(exported(bob, "secret")).contains(DENIED);
  }

  @Test
  void bulkOperationsNeedTheirActionAndBothBuckets() {
    SignedForm bob = user("Bob");
    String all = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",%s}]}";
    assertThat(answer(bob.json("StartBulkPutItems", bulkPut("in", "out"), now)))
        .contains("not authorized to perform: dynamodb:StartBulkPutItems on resource:");
    String tables = all.formatted("\"Action\":\"dynamodb:*Bulk*\",\"Resource\":\"*\"");
    iam("PutUserPolicy", "UserName", "Bob", "PolicyName", "tables", "PolicyDocument", tables);
    String buckets =
        all.formatted(
            "\"Action\":\"s3:*\",\"Resource\":[\"arn:aws:s3:::bucket\","
                + "\"arn:aws:s3:::bucket/in/*\",\"arn:aws:s3:::bucket/out/*\"]");
    iam("PutUserPolicy", "UserName", "Bob", "PolicyName", "buckets", "PolicyDocument", buckets);
    assertThat(loaded(bob, "in/", "out")).contains("\"BulkOperationStatus\":\"COMPLETED\"");
    assertThat(loaded(bob, "secret/", "out")).contains(DENIED);
    assertThat(loaded(bob, "in/", "secret")).contains(DENIED);
  }

  private static String bulkPut(String from, String to) {
    return """
    {"TableName":"orders","InputS3Configuration":{"S3Bucket":"bucket","S3KeyPrefix":"%s",\
    "InputFormat":"ION"},"OutputS3Configuration":{"S3Bucket":"bucket","S3KeyPrefix":"%s",\
    "OutputType":["ERROR"]}}\
    """
        .formatted(from, to);
  }

  private String loaded(SignedForm who, String from, String to) {
    return ended(
        who, answer(who.json("StartBulkPutItems", bulkPut(from, to), now)), "BulkOperation");
  }

  private String imported(SignedForm who, String prefix) {
    String begun =
        answer(
            who.json(
                "ImportTable",
                """
                {"S3BucketSource":{"S3Bucket":"bucket","S3KeyPrefix":"%s"},"InputFormat":"CSV",\
                "TableCreationParameters":{"TableName":"made-%d","KeySchema":[\
                {"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":[\
                {"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}}\
                """
                    .formatted(prefix, now.toEpochMilli()),
                now));
    return ended(who, begun, "Import");
  }

  private String exported(SignedForm who, String prefix) {
    String begun =
        answer(
            who.json(
                "ExportTableToPointInTime",
                """
                {"TableArn":"arn:aws:dynamodb:us-east-1:123456789012:table/orders",\
                "S3Bucket":"bucket","S3Prefix":"%s"}\
                """
                    .formatted(prefix),
                now));
    return ended(who, begun, "Export");
  }

  /** Returns the description of an export or import after a while. */
  private String ended(SignedForm who, String begun, String kind) {
    assertThat(begun).contains("\"" + kind + "Status\":\"IN_PROGRESS\"");
    Matcher arn = Pattern.compile("(\"" + kind + "Arn\":\"[^\"]+\")").matcher(begun);
    assertThat(arn.find()).isTrue();
    advance(Duration.ofSeconds(1));
    return answer(who.json("Describe" + kind, "{" + arn.group(1) + "}", now));
  }

  @Test
  void aKeyThatIsInactiveOrDeletedSignsNothing() {
    SignedForm bob = user("Bob");
    String whoAmI = "Action=GetCallerIdentity&Version=2011-06-15";
    HttpRequest request = bob.withScope("eu-north-1/sts").post(whoAmI, now);
    assertThat(answer(request)).contains("<Arn>arn:aws:iam::123456789012:user/Bob</Arn>");
    iam("UpdateAccessKey", "UserName", "Bob", "AccessKeyId", bob.keyId(), "Status", "Inactive");
    assertThat(answer(request)).contains("<Code>InvalidClientTokenId</Code>");
    iam("UpdateAccessKey", "UserName", "Bob", "AccessKeyId", bob.keyId(), "Status", "Active");
    assertThat(answer(request)).contains("user/Bob");
    iam("DeleteAccessKey", "UserName", "Bob", "AccessKeyId", bob.keyId());
    assertThat(answer(request)).contains("<Code>InvalidClientTokenId</Code>");
  }

  @Test
  void theLastUseOfAKeyIsTold() {
    SignedForm bob = user("Bob");
    assertThat(iam("GetAccessKeyLastUsed", "AccessKeyId", bob.keyId())).contains("N/A");
    answer(bob.json("GetItem", key("Bob"), now));
    String used = iam("GetAccessKeyLastUsed", "AccessKeyId", bob.keyId());
    assertThat(only(used, "ServiceName")).isEqualTo("dynamodb");
    assertThat(only(used, "UserName")).isEqualTo("Bob");
    assertThat(only(used, "LastUsedDate"))
        .isEqualTo(now.truncatedTo(ChronoUnit.SECONDS).toString());
    advance(Duration.ofSeconds(1));
    answer(
        bob.withScope("eu-north-1/sts").post("Action=GetCallerIdentity&Version=2011-06-15", now));
    String later = iam("GetAccessKeyLastUsed", "AccessKeyId", bob.keyId());
    assertThat(only(later, "ServiceName")).isEqualTo("sts");
    assertThat(only(later, "Region")).isEqualTo("eu-north-1");
  }

  @Test
  void aRoleIsAssumedUntilItsSessionEnds() {
    SignedForm bob = user("Bob");
    iam(
        "CreateRole",
        "RoleName",
        "Reader",
        "AssumeRolePolicyDocument",
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\
        {"AWS":"arn:aws:iam::123456789012:user/Bob"},"Action":"sts:AssumeRole"}]}\
        """);
    iam(
        "PutRolePolicy",
        "RoleName",
        "Reader",
        "PolicyName",
        "read",
        "PolicyDocument",
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:GetItem",\
        "Resource":"arn:aws:dynamodb:*:*:table/orders"}]}\
        """);
    HttpRequest assume =
        bob.withScope("us-east-1/sts")
            .post(
                form(
                    "2011-06-15",
                    "AssumeRole",
                    "RoleArn",
                    "arn:aws:iam::123456789012:role/Reader",
                    "RoleSessionName",
                    "shift",
                    "DurationSeconds",
                    "900"),
                now);
    String assumed = answer(assume);
    SignedForm session =
        new SignedForm(
            only(assumed, "AccessKeyId"),
            only(assumed, "SecretAccessKey"),
            Optional.of(only(assumed, "SessionToken")),
            "us-east-1/sts");
    assertThat(iam("GetRole", "RoleName", "Reader")).contains("<RoleLastUsed></RoleLastUsed>");
    assertThat(answer(session.json("GetItem", key("1"), now))).isEqualTo("{}");
    assertThat(only(iam("GetRole", "RoleName", "Reader"), "LastUsedDate"))
        .isEqualTo(now.truncatedTo(ChronoUnit.SECONDS).toString());
    assertThat(answer(session.json("Scan", "{\"TableName\":\"orders\"}", now)))
        .contains(
            "User: arn:aws:sts::123456789012:assumed-role/Reader/shift is not authorized to"
                + " perform: dynamodb:Scan");
    SignedForm withoutToken =
        new SignedForm(session.keyId(), session.secret(), Optional.empty(), session.scope());
    assertThat(answer(withoutToken.json("GetItem", key("1"), now)))
        .contains("UnrecognizedClientException");
    advance(Duration.ofSeconds(901));
    assertThat(answer(session.json("GetItem", key("1"), now))).contains("ExpiredTokenException");
  }

  @Test
  void aNewPathOrNameNeedsThePermissionToo() {
    SignedForm eve = user("Eve");
    allow(
        "Eve",
        """
        {"Effect":"Allow","Action":"iam:UpdateUser","Resource":"arn:aws:iam::*:user/Eve"},\
        {"Effect":"Allow","Action":"iam:UpdateUser","Resource":"arn:aws:iam::*:user/dev/*"}\
        """);
    assertThat(iamAs(eve, "UpdateUser", "UserName", "Eve", "NewPath", "/admin/"))
        .contains("<Code>AccessDenied</Code>", "user/admin/Eve");
    assertThat(iamAs(eve, "UpdateUser", "UserName", "Eve", "NewUserName", "Alice"))
        .contains("<Code>AccessDenied</Code>", "user/Alice");
    assertThat(iamAs(eve, "UpdateUser", "UserName", "Eve", "NewPath", "/dev/"))
        .contains("<UpdateUserResponse");
  }

  @Test
  void aDenyByTheArnOfAPolicyHoldsWhenThePolicyIsAttached() {
    SignedForm eve = user("Eve");
    String all = policy("Admin", "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}");
    String none = policy("None", "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}");
    allow(
        "Eve",
        """
        {"Effect":"Allow","Action":"iam:AttachUserPolicy","Resource":"*"},\
        {"Effect":"Deny","Action":"iam:AttachUserPolicy","Resource":"*",\
        "Condition":{"ArnEquals":{"iam:PolicyARN":"%s"}}}\
        """
            .formatted(all));
    assertThat(iamAs(eve, "AttachUserPolicy", "UserName", "Eve", "PolicyArn", all))
        .contains("<Code>AccessDenied</Code>", "explicit deny");
    assertThat(iamAs(eve, "AttachUserPolicy", "UserName", "Eve", "PolicyArn", none))
        .contains("<AttachUserPolicyResponse");
  }

  @Test
  void tagsThatDifferInCaseAloneAreRefused() {
    SignedForm bob = user("Bob");
    allow("Bob", "{\"Effect\":\"Allow\",\"Action\":\"iam:TagUser\",\"Resource\":\"*\"}");
    String duplicate = "Duplicate tag keys found";
    assertThat(iamAs(bob, "TagUser", tags("dept", "dev", "Dept", "admin"))).contains(duplicate);
    assertThat(iamAs(bob, "TagUser", tags("dept", "dev"))).contains("<TagUserResponse");
    assertThat(iamAs(bob, "TagUser", tags("Dept", "admin"))).contains(duplicate);
  }

  private static String[] tags(String... keysAndValues) {
    List<String> parameters = new ArrayList<>(List.of("UserName", "Bob"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      String tag = "Tags.member." + (i / 2 + 1);
      parameters.addAll(
          List.of(tag + ".Key", keysAndValues[i], tag + ".Value", keysAndValues[i + 1]));
    }
    return parameters.toArray(String[]::new);
  }

  private void allow(String user, String statements) {
    iam(
        "PutUserPolicy",
        "UserName",
        user,
        "PolicyName",
        "own",
        "PolicyDocument",
        "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
  }

  /** Makes a managed policy, and returns its ARN. */
  private String policy(String name, String statement) {
    String document = "{\"Version\":\"2012-10-17\",\"Statement\":" + statement + "}";
    return only(iam("CreatePolicy", "PolicyName", name, "PolicyDocument", document), "Arn");
  }

  private String iamAs(SignedForm sender, String action, String... parameters) {
    HttpRequest request =
        sender.withScope("us-east-1/iam").post(form("2010-05-08", action, parameters), now);
    return answer(request);
  }

  @Test
  void secretsOfUsersOutliveARestart() {
    SignedForm bob = user("Bob");
    server.restart();
    String whoAmI = "Action=GetCallerIdentity&Version=2011-06-15";
    assertThat(answer(bob.withScope("us-east-1/sts").post(whoAmI, now))).contains("user/Bob");
  }

  private void advance(Duration time) {
    server.advance(time);
    now = now.plus(time);
  }

  /** Makes a user with a key. */
  private SignedForm user(String name) {
    iam("CreateUser", "UserName", name);
    String key = iam("CreateAccessKey", "UserName", name);
    return SignedForm.of(only(key, "AccessKeyId"), only(key, "SecretAccessKey"), "iam");
  }

  private String iam(String action, String... parameters) {
    HttpResponse response = server.respond(ROOT.post(form("2010-05-08", action, parameters), now));
    assertThat(response.status()).as(text(response)).isEqualTo(200);
    return text(response);
  }

  private static String form(String version, String action, String... parameters) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Action", action);
    all.put("Version", version);
    for (int i = 0; i < parameters.length; i += 2) {
      all.put(parameters[i], parameters[i + 1]);
    }
    return SignedForm.encoded(all);
  }

  private static String key(String id) {
    return "{\"TableName\":\"orders\",\"Key\":{\"id\":{\"S\":\"%s\"}}}".formatted(id);
  }

  private String answer(HttpRequest request) {
    return text(server.respond(request));
  }

  private static String text(HttpResponse response) {
    return ServerInMemory.text(response.body());
  }

  private static String only(String xml, String element) {
    Matcher found = Pattern.compile("<" + element + ">([^<]*)</").matcher(xml);
    assertThat(found.find()).as(xml).isTrue();
    return found.group(1);
  }
}
