package org.ostraka.conformance;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Makes AWS SDK clients, which never retry unless a method says so: a test sees each answer. Any
 * thread may call; the caller closes the client.
 */
public final class SdkClients {

  /** More than any test's writers, so that no writer waits for a connection. */
  private static final int MAX_CONNECTIONS = 128;

  private SdkClients() {}

  /** Returns a client of one region. */
  public static DynamoDbClient connect(URI endpoint) {
    return connect(endpoint, Region.US_EAST_1);
  }

  /** Returns a client that waits twice as long for an answer as the others. */
  static DynamoDbClient connectPatiently(URI endpoint) {
    return configured(DynamoDbClient.builder(), endpoint, Region.US_EAST_1)
        .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(OstrakaProcess.LIMIT))
        .overrideConfiguration(override -> override.apiCallTimeout(OstrakaProcess.LIMIT))
        .build();
  }

  static DynamoDbClient connect(URI endpoint, Region region) {
    return configured(DynamoDbClient.builder(), endpoint, region).build();
  }

  /** Returns a client that signs with these credentials. */
  static DynamoDbClient connect(URI endpoint, AwsCredentials credentials) {
    return connect(endpoint, credentials, Region.US_EAST_1);
  }

  static DynamoDbClient connect(URI endpoint, AwsCredentials credentials, Region region) {
    return configured(DynamoDbClient.builder(), endpoint, region)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  /**
   * Returns a client that sends a request again as the SDK does for DynamoDB.
   *
   * @param maxAttempts how often one request is sent at most
   * @param observer sees each attempt
   */
  static DynamoDbClient connectRetrying(
      URI endpoint, int maxAttempts, ExecutionInterceptor observer) {
    return configured(DynamoDbClient.builder(), endpoint, Region.US_EAST_1)
        .overrideConfiguration(override ->
            override
                .retryStrategy(strategy -> strategy.maxAttempts(maxAttempts))
                .addExecutionInterceptor(observer))
        .build();
  }

  /** Returns a client of streams in the region of {@link #connect(URI)}. */
  static DynamoDbStreamsClient connectToStreams(URI endpoint) {
    return configured(DynamoDbStreamsClient.builder(), endpoint, Region.US_EAST_1).build();
  }

  /** Returns a client of a region's streams that signs with these credentials. */
  static DynamoDbStreamsClient connectToStreams(
      URI endpoint, AwsCredentials credentials, Region region) {
    return configured(DynamoDbStreamsClient.builder(), endpoint, region)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  /** Returns a client of CloudWatch in the region of {@link #connect(URI)}. */
  static CloudWatchClient connectToCloudWatch(URI endpoint, AwsCredentials credentials) {
    return configured(CloudWatchClient.builder(), endpoint, Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configured(
      B builder, URI endpoint, Region region) {
    return builder
        .endpointOverride(endpoint)
        .region(region)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("ostraka", "ostraka")))
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(MAX_CONNECTIONS))
        .overrideConfiguration(override ->
            override
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .apiCallTimeout(Duration.ofSeconds(30)));
  }
}
