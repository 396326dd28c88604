package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;

/** CloudWatch through signed requests: what tables did, who may ask, and errors by protocol. */
final class CloudWatchApiTest {
  private static final Instant START = Instant.parse("2026-10-09T00:00:00Z");
  private static final SignedForm ROOT = SignedForm.of("AKIDROOT", "secret-of-AKIDROOT", "iam");
  private static final String STATISTICS =
      "Version=2010-08-01&Action=GetMetricStatistics&Namespace=AWS%2FDynamoDB"
          + "&MetricName=ConsumedWriteCapacityUnits&StartTime=2026-10-09T00%3A00%3A00Z"
          + "&EndTime=2026-10-09T01%3A00%3A00Z&Period=60&Statistics.member.1=Sum"
          + "&Dimensions.member.1.Name=TableName&Dimensions.member.1.Value=orders";

  private final ServerInMemory server =
      ServerInMemory.start(Map.of("root-key", "AKIDROOT", "account", "123456789012"));

  @BeforeEach
  void useTable() {
    dynamodb(
        "CreateTable",
        """
        {"TableName":"orders","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
         "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
         "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":7}}\
        """);
    dynamodb("PutItem", "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"a\"}}}");
    dynamodb("PutItem", "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"b\"}}}");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void formsAreAnsweredInXml() {
    HttpResponse answer = server.respond(monitoring(STATISTICS));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("text/xml");
    assertThat(ServerInMemory.text(answer.body()))
        .startsWith(
            "<GetMetricStatisticsResponse"
                + " xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                + "<GetMetricStatisticsResult><Label>ConsumedWriteCapacityUnits</Label>"
                + "<Datapoints><member><Timestamp>2026-10-09T00:00:00Z</Timestamp><Sum>2.0</Sum>"
                + "<Unit>Count</Unit></member></Datapoints></GetMetricStatisticsResult>");
  }

  @Test
  void jsonIsAnsweredInJson() {
    String answer =
        text(
            ROOT.metrics(
                "GetMetricData",
                """
                {"StartTime":1791504000,"EndTime":1791507600,"MetricDataQueries":[
                 {"Id":"units","ReturnData":false,"MetricStat":{"Period":60,"Stat":"Sum","Metric":{
                   "Namespace":"AWS/DynamoDB","MetricName":"ConsumedWriteCapacityUnits",
                   "Dimensions":[{"Name":"TableName","Value":"orders"}]}}},
                 {"Id":"rate","Expression":"units / PERIOD(units)"}]}
                """,
                START));
    assertThat(answer)
        .isEqualTo(
            "{\"MetricDataResults\":[{\"Id\":\"rate\",\"Label\":\"rate\","
                + "\"Timestamps\":[1.791504E9],\"Values\":[0.03333333333333333],"
                + "\"StatusCode\":\"Complete\"}],\"Messages\":[]}");
  }

  @Test
  void everyMetricOfATableIsListed() {
    server.advance(Duration.ofMinutes(1));
    String answer =
        text(
            ROOT.metrics(
                "ListMetrics",
                "{\"Namespace\":\"AWS/DynamoDB\",\"Dimensions\":[{\"Name\":\"TableName\"}]}",
                START.plusSeconds(60)));
    assertThat(answer)
        .contains("\"MetricName\":\"ConsumedWriteCapacityUnits\"")
        .contains("\"MetricName\":\"ProvisionedReadCapacityUnits\"")
        .contains(
            "\"MetricName\":\"SuccessfulRequestLatency\",\"Dimensions\":[{\"Name\":\"Operation\","
                + "\"Value\":\"PutItem\"},{\"Name\":\"TableName\",\"Value\":\"orders\"}]");
  }

  @Test
  void whatIsNotKnownIsRefusedByName() {
    HttpResponse answer =
        server.respond(
            ROOT.metrics(
                "ListMetrics", "{\"Namespace\":\"AWS/DynamoDB\",\"Cheapest\":true}", START));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).containsEntry("x-amzn-query-error", "ValidationError;Sender");
    assertThat(ServerInMemory.text(answer.body()))
        .isEqualTo(
            "{\"__type\":\"com.amazonaws.cloudwatch#ValidationException\",\"message\":"
                + "\"Cheapest is not supported by this version of Ostraka\"}");
    assertThat(text(ROOT.metrics("PutMetricAlarm", "{}", START)))
        .contains("#UnknownOperationException")
        .contains("GetMetricData, GetMetricStatistics, ListMetrics");
    assertThat(text(monitoring("Version=2010-08-01&Action=DescribeAlarms")))
        .contains("<Type>Sender</Type><Code>InvalidAction</Code>");
    assertThat(text(ROOT.metrics("ListMetrics", "{\"Namespace\":7}", START)))
        .contains("#SerializationException")
        .contains("The parameter Namespace must be a text.");
  }

  @Test
  void aListWithoutNumbersIsMalformed() {
    HttpResponse answer =
        server.respond(
            monitoring("Version=2010-08-01&Action=ListMetrics&Dimensions.member.x.Name=a"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(ServerInMemory.text(answer.body())).contains("<Code>MalformedInput</Code>");
  }

  /**
   * "DynamoDB metrics and dimensions": failed conditions and throttled requests are not among them.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
   */
  @Test
  void errorsOfUsersAreCountedForTheAccount() {
    List.of(
            "{\"TableName\":\"nowhere\",\"Item\":{\"id\":{\"S\":\"a\"}}}",
            "{\"TableName\":\"orders\",\"Item\":{}}",
            "{\"TableName\":7}",
            "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"a\"}},"
                + "\"ConditionExpression\":\"attribute_not_exists(id)\"}")
        .forEach(body ->
            assertThat(server.respond(ROOT.json("PutItem", body, START)).status()).isEqualTo(400));
    assertThat(sum("UserErrors", "")).contains("\"Sum\":3.0,\"Unit\":\"Count\"");
  }

  @Test
  void whatAnAccountHasProvisionedIsSetBesideItsQuotas() {
    assertThat(sum("AccountMaxReads", "")).contains("\"Sum\":80000.0,\"Unit\":\"Count\"");
    assertThat(sum("AccountMaxTableLevelWrites", "")).contains("\"Sum\":40000.0");
    assertThat(sum("AccountProvisionedReadCapacityUtilization", ""))
        .contains("\"Sum\":0.00625,\"Unit\":\"Percent\"");
    assertThat(sum("MaxProvisionedTableWriteCapacityUtilization", ""))
        .contains("\"Sum\":0.0175,\"Unit\":\"Percent\"");
  }

  @Test
  void theReadingOfAStreamIsCounted() {
    dynamodb(
        "UpdateTable",
        """
        {"TableName":"orders","StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}}\
        """);
    dynamodb("PutItem", "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"c\"}}}");
    String arn = member("StreamArn", text(ROOT.streams("ListStreams", "{}", START)));
    String shard =
        member(
            "ShardId",
            text(ROOT.streams("DescribeStream", "{\"StreamArn\":\"" + arn + "\"}", START)));
    String iterator =
        member(
            "ShardIterator",
            text(
                ROOT.streams(
                    "GetShardIterator",
                    "{\"StreamArn\":\"%s\",\"ShardId\":\"%s\",\"ShardIteratorType\":\"TRIM_HORIZON\"}"
                        .formatted(arn, shard),
                    START)));
    String records =
        text(ROOT.streams("GetRecords", "{\"ShardIterator\":\"" + iterator + "\"}", START));
    assertThat(records).contains("\"SizeBytes\":3");
    String dimensions =
        """
        ,"Dimensions":[{"Name":"TableName","Value":"orders"},{"Name":"Operation","Value":"GetRecords"},
         {"Name":"StreamLabel","Value":"%s"}]\
        """
            .formatted(arn.substring(arn.lastIndexOf('/') + 1));
    assertThat(sum("ReturnedRecordsCount", dimensions)).contains("\"Sum\":1.0");
    assertThat(sum("ReturnedBytes", dimensions)).contains("\"Sum\":3.0,\"Unit\":\"Bytes\"");
    assertThat(sum("SuccessfulRequestLatency", dimensions)).contains("\"Unit\":\"Milliseconds\"");
  }

  /** Returns the sum of a metric in the hour after the start. */
  private String sum(String metric, String dimensions) {
    return text(
        ROOT.metrics(
            "GetMetricStatistics",
            """
            {"Namespace":"AWS/DynamoDB","MetricName":"%s","StartTime":1791504000,"EndTime":1791507600,
             "Period":3600,"Statistics":["Sum"]%s}\
            """
                .formatted(metric, dimensions),
            START));
  }

  private static String member(String name, String json) {
    Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
    assertThat(member.find()).as(json).isTrue();
    return member.group(1);
  }

  @Test
  void usersNeedThePermission() {
    text(ROOT.post("Version=2010-05-08&Action=CreateUser&UserName=Bob", START));
    String key = text(ROOT.post("Version=2010-05-08&Action=CreateAccessKey&UserName=Bob", START));
    SignedForm bob =
        SignedForm.of(only(key, "AccessKeyId"), only(key, "SecretAccessKey"), "monitoring");
    assertThat(text(bob.post(STATISTICS, START)))
        .contains("<Code>AccessDenied</Code>")
        .contains("is not authorized to perform: cloudwatch:GetMetricStatistics");
    text(
        ROOT.post(
            "Version=2010-05-08&Action=PutUserPolicy&UserName=Bob&PolicyName=p&PolicyDocument="
                + "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A"
                + "%22Allow%22%2C%22Action%22%3A%22cloudwatch%3AGetMetricStatistics%22%2C"
                + "%22Resource%22%3A%22*%22%7D%7D",
            START));
    assertThat(text(bob.post(STATISTICS, START))).contains("<Sum>2.0</Sum>");
    SignedForm wrong = SignedForm.of("AKIDROOT", "another", "monitoring");
    assertThat(text(wrong.post(STATISTICS, START))).contains("<Code>SignatureDoesNotMatch</Code>");
  }

  private void dynamodb(String operation, String body) {
    assertThat(server.respond(ROOT.json(operation, body, START)).status()).isEqualTo(200);
  }

  private static HttpRequest monitoring(String form) {
    return ROOT.withScope("us-east-1/monitoring").post(form, START);
  }

  private String text(HttpRequest request) {
    return ServerInMemory.text(server.respond(request).body());
  }

  private static String only(String xml, String element) {
    int begin = xml.indexOf("<" + element + ">") + element.length() + 2;
    return xml.substring(begin, xml.indexOf("</" + element + ">"));
  }
}
