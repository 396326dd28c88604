package org.ostraka.adapter;

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.StreamsSchedulerFactory;
import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import com.amazonaws.services.dynamodbv2.streamsadapter.polling.DynamoDBStreamsPollingConfig;
import com.amazonaws.services.dynamodbv2.streamsadapter.processor.DynamoDBStreamsShardRecordProcessor;
import java.time.Duration;
import software.amazon.awssdk.regions.Region;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

/**
 * A worker of the Kinesis Client Library that reads a stream through the adapter. Its waits are
 * short, since the shards of the test live for seconds, not for hours. One thread.
 */
final class Consumer implements AutoCloseable {
  static final String APPLICATION = "consumer";

  private static final long SHORT_MILLIS = 200;
  private static final long LEASE_MILLIS = 2_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Scheduler scheduler;
  private final Thread thread;

  /** Starts a worker that reads from the oldest record, or from where another one has stopped. */
  Consumer(Clients clients, String streamArn, String worker, Seen seen) {
    AmazonDynamoDBStreamsAdapterClient adapter =
        new AmazonDynamoDBStreamsAdapterClient(clients.streams(), Region.US_EAST_1);
    ConfigsBuilder configs =
        new ConfigsBuilder(
            StreamsSchedulerFactory.createSingleStreamTracker(
                streamArn,
                InitialPositionInStreamExtended.newInitialPosition(
                    InitialPositionInStream.TRIM_HORIZON)),
            APPLICATION,
            adapter,
            clients.tables(),
            clients.metrics(),
            worker,
            () -> new ShardReading(seen));
    this.scheduler =
        StreamsSchedulerFactory.createScheduler(
            configs.checkpointConfig(),
            configs
                .coordinatorConfig()
                .parentShardPollIntervalMillis(SHORT_MILLIS)
                .shardConsumerDispatchPollIntervalMillis(SHORT_MILLIS),
            leases(configs),
            configs.lifecycleConfig(),
            configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
            configs.processorConfig(),
            configs
                .retrievalConfig()
                .retrievalSpecificConfig(
                    new DynamoDBStreamsPollingConfig(adapter)
                        .idleTimeBetweenReadsInMillis(SHORT_MILLIS)),
            adapter);
    this.thread = Thread.ofPlatform().name(worker).start(scheduler);
  }

  /** Returns settings of leases; without metrics of workers, which ask EC2 for the machine's. */
  private static LeaseManagementConfig leases(ConfigsBuilder configs) {
    LeaseManagementConfig leases = configs.leaseManagementConfig();
    leases.workerUtilizationAwareAssignmentConfig().disableWorkerMetrics(true);
    return leases
        .failoverTimeMillis(LEASE_MILLIS)
        .leaseAssignmentIntervalMillis(SHORT_MILLIS)
        .shardSyncIntervalMillis(SHORT_MILLIS)
        .leasesRecoveryAuditorExecutionFrequencyMillis(SHORT_MILLIS);
  }

  /**
   * Ends the worker. Another one takes its leases when they have expired, and goes on behind the
   * records whose processing was stored. The library's graceful shutdown is not used: in two runs
   * it did not end within a minute, for a reason that is not known.
   */
  void stop() throws InterruptedException {
    scheduler.shutdown();
    if (!thread.join(PATIENCE)) {
      throw new AssertionError("the worker did not stop");
    }
  }

  @Override
  public void close() {
    scheduler.shutdown();
  }

  /** Takes the records of one shard. */
  private static final class ShardReading implements DynamoDBStreamsShardRecordProcessor {
    private final Seen seen;
    private String shard = "";

    ShardReading(Seen seen) {
      this.seen = seen;
    }

    @Override
    public void initialize(InitializationInput input) {
      shard = input.shardId();
      seen.begin(shard);
    }

    @Override
    public void processRecords(DynamoDBStreamsProcessRecordsInput input) {
      input.records().forEach(record -> seen.take(record.getRecord()));
      checkpoint(input.checkpointer());
    }

    @Override
    public void leaseLost(LeaseLostInput input) {}

    @Override
    public void shardEnded(ShardEndedInput input) {
      seen.end(shard);
      checkpoint(input.checkpointer());
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
      checkpoint(input.checkpointer());
    }

    private static void checkpoint(RecordProcessorCheckpointer checkpointer) {
      try {
        checkpointer.checkpoint();
      } catch (InvalidStateException | ShutdownException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}
