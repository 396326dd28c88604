package org.ostraka.adapter;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Clients of one server. Any thread.
 *
 * @param tables for the tables of leases
 * @param metrics which nobody calls, since the consumer's metrics are off
 */
record Clients(
    DynamoDbClient items,
    DynamoDbAsyncClient tables,
    DynamoDbStreamsClient streams,
    CloudWatchAsyncClient metrics)
    implements AutoCloseable {

  static Clients of(URI endpoint) {
    return new Clients(
        configured(DynamoDbClient.builder(), endpoint).build(),
        configured(DynamoDbAsyncClient.builder(), endpoint).build(),
        configured(DynamoDbStreamsClient.builder(), endpoint).build(),
        configured(CloudWatchAsyncClient.builder(), endpoint).build());
  }

  private static <B extends AwsClientBuilder<B, C>, C> B configured(B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("ostraka", "ostraka")));
  }

  @Override
  public void close() {
    items.close();
    tables.close();
    streams.close();
    metrics.close();
  }
}
