package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterCombinationException;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What CloudWatch's API says of a table, through the AWS SDK for Java, which speaks CBOR. */
final class CloudWatchIT {
  @RegisterExtension private static final RunningServer SERVER = RunningServer.withRootKey();

  private static final AwsBasicCredentials ROOT =
      AwsBasicCredentials.create(RootKey.ID, RootKey.SECRET);
  private static final String TABLE = "JavaMetrics";
  private static final Dimension OF_TABLE = dimension("TableName", TABLE);
  private static final int PUTS = 4;

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  @Test
  void metricsOfATableAreRead() throws InterruptedException {
    try (DynamoDbClient tables = SdkClients.connect(SERVER.endpoint(), ROOT);
        CloudWatchClient metrics = SdkClients.connectToCloudWatch(SERVER.endpoint(), ROOT)) {
      use(tables);
      Instant from = Instant.now().minus(Duration.ofHours(1));
      Instant to = from.plus(Duration.ofHours(2));
      assertThat(
              metrics
                  .listMetricsPaginator(list ->
                      list.namespace("AWS/DynamoDB")
                          .dimensions(
                              DimensionFilter.builder().name("TableName").value(TABLE).build()))
                  .metrics())
          .extracting(Metric::metricName)
          .contains("ConsumedWriteCapacityUnits", "SuccessfulRequestLatency");
      GetMetricDataResponse data = data(metrics, from, to);
      assertThat(data.metricDataResults()).extracting(each -> each.id()).containsExactly("e1");
      // Points lie at the beginning of a day; the puts may lie before and after a midnight.
      assertThat(data.metricDataResults().getFirst().values().stream().mapToDouble(v -> v).sum())
          .isEqualTo(2.0 * PUTS);
      assertThat(data.metricDataResults().getFirst().timestamps().getFirst())
          .isBetween(from.minus(Duration.ofDays(1)), to);
      List<Datapoint> latencies =
          metrics
              .getMetricStatistics(request ->
                  request
                      .namespace("AWS/DynamoDB")
                      .metricName("SuccessfulRequestLatency")
                      .dimensions(OF_TABLE, dimension("Operation", "PutItem"))
                      .startTime(from)
                      .endTime(to)
                      .period(7200)
                      .statistics(Statistic.SAMPLE_COUNT, Statistic.MAXIMUM))
              .datapoints();
      // The puts may lie before and after the beginning of a period.
      assertThat(latencies.stream().mapToDouble(Datapoint::sampleCount).sum()).isEqualTo(PUTS);
      assertThat(latencies.getFirst().maximum()).isPositive();
      refusals(metrics, from, to);
    }
  }

  private static GetMetricDataResponse data(CloudWatchClient metrics, Instant from, Instant to) {
    return metrics.getMetricData(request ->
        request
            .startTime(from)
            .endTime(to)
            .metricDataQueries(
                MetricDataQuery.builder()
                    .id("m1")
                    .returnData(false)
                    .metricStat(stat ->
                        stat.period(86_400)
                            .stat("Sum")
                            .metric(metric ->
                                metric
                                    .namespace("AWS/DynamoDB")
                                    .metricName("ConsumedWriteCapacityUnits")
                                    .dimensions(OF_TABLE)))
                    .build(),
                MetricDataQuery.builder().id("e1").expression("m1 * 2").build()));
  }

  /** Errors have the classes and the codes that the SDK knows. */
  private static void refusals(CloudWatchClient metrics, Instant from, Instant to) {
    assertThatThrownBy(() ->
            metrics.getMetricStatistics(request ->
                request
                    .namespace("AWS/DynamoDB")
                    .metricName("SystemErrors")
                    .startTime(from)
                    .endTime(to)
                    .period(1)
                    .statistics(Statistic.SUM)))
        .isInstanceOf(InvalidParameterCombinationException.class)
        .hasMessageContaining("exceeds the limit of 1,440");
    assertThatThrownBy(() ->
            metrics.getMetricData(request ->
                request
                    .startTime(from)
                    .endTime(to)
                    .metricDataQueries(
                        MetricDataQuery.builder().id("e1").expression("m9").build())))
        .isInstanceOfSatisfying(
            CloudWatchException.class,
            refusal ->
                assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationError"));
  }

  private static void use(DynamoDbClient tables) {
    tables.createTable(table ->
        table
            .tableName(TABLE)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("id")
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(
                KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build()));
    tables.waiter().waitUntilTableExists(table -> table.tableName(TABLE));
    for (int i = 0; i < PUTS; i++) {
      Map<String, AttributeValue> item = Map.of("id", AttributeValue.fromS("item-" + i));
      tables.putItem(put -> put.tableName(TABLE).item(item));
    }
  }
}
