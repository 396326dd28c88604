package org.ostraka.voting.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.ReplicaStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;

/** Two clients that make the table at the same time. */
final class VoteTableTest {
  private static final String HERE = "eu-central-1";
  private static final String THERE = "eu-west-1";

  @Test
  void aReplicaThatAnotherClientIsAddingIsAwaited() {
    VoteTable table = table(new Overtaken(ResourceInUseException.builder().build(), true));
    assertThat(table.addReplica()).isTrue();
    assertThat(table.addReplica()).isFalse();
  }

  @Test
  void aReplicaThatAnotherClientHasAddedIsTaken() {
    VoteTable table = table(new Overtaken(invalid(), true));
    assertThat(table.addReplica()).isTrue();
    assertThat(table.addReplica()).isFalse();
  }

  @Test
  void anInvalidChangeIsReported() {
    VoteTable table = table(new Overtaken(invalid(), false));
    assertThatThrownBy(table::addReplica).isInstanceOf(DynamoDbException.class);
  }

  private static DynamoDbException invalid() {
    return (DynamoDbException) DynamoDbException.builder().message("it is invalid").build();
  }

  private static VoteTable table(DynamoDbClient here) {
    Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
    clients.put(HERE, here);
    clients.put(THERE, here);
    return new VoteTable("voting", clients);
  }

  /** A region that refuses to add a replica, which another client may have added right before. */
  private static final class Overtaken implements DynamoDbClient {
    private final List<ReplicaDescription> replicas = new ArrayList<>();
    private final DynamoDbException refusal;
    private final boolean isAdded;

    Overtaken(DynamoDbException refusal, boolean isAdded) {
      this.refusal = refusal;
      this.isAdded = isAdded;
    }

    @Override
    public DescribeTableResponse describeTable(DescribeTableRequest request) {
      return DescribeTableResponse.builder()
          .table(it -> it.tableStatus(TableStatus.ACTIVE).replicas(replicas))
          .build();
    }

    @Override
    public UpdateTableResponse updateTable(UpdateTableRequest request) {
      if (isAdded) {
        replicas.add(
            ReplicaDescription.builder()
                .regionName(request.replicaUpdates().getFirst().create().regionName())
                .replicaStatus(ReplicaStatus.ACTIVE)
                .build());
      }
      throw refusal;
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
