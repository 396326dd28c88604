package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.conformance.IndexedTable.IndexKey;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;

/**
 * An added index follows its table: SIGKILL hits the server again and again while it builds the
 * index and writers write to the table. After the index was removed, the same holds for another one
 * of the same name with another key.
 */
@Timeout(300)
final class IndexBuildCrashIT {

  private static final int ITEMS = 30_000;
  private static final int WRITERS = 12;
  private static final int KILLS = 3;
  private static final int MAX_WRITES_BEFORE_KILL = 500;

  /** The number of writes during a build that is not interrupted. */
  private static final int WRITES_MEANWHILE = 300;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Seed seed = Seed.announcedFor(IndexBuildCrashIT.class);
  private final Random random = seed.random(-1);
  private final IndexedTable ballots = new IndexedTable(ITEMS);
  private int runs;

  /** An action in a run while its writers write. */
  @FunctionalInterface
  private interface Deed {
    void run(DynamoDbClient client, Semaphore acknowledged) throws InterruptedException;
  }

  @Test
  void anIndexFollowsItsTableWheneverItsBuildingIsKilled() throws Exception {
    Path data = directory.resolve("data");
    fill(data);
    int met =
        killWhileBuilding(
            data,
            (client, acknowledged) -> {
              ballots.addIndex(client, IndexKey.STATE_AND_WEIGHT);
              acknowledged.drainPermits();
            });
    assertThat(met).as("kills that met the first building").isPositive();
    met =
        killWhileBuilding(
            data,
            (client, acknowledged) -> {
              ballots.removeIndex(client);
              await(acknowledged, WRITES_MEANWHILE);
              assertThat(ballots.index(client)).isEmpty();
              ballots.addIndex(client, IndexKey.REGION);
              acknowledged.drainPermits();
            });
    assertThat(met).as("kills that met the second building").isPositive();
    finish(data);
    assertCheckIsClean(data);
  }

  private void fill(Path data) throws Exception {
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      ballots.create(client);
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        CrashWriter.Keys own = new CrashWriter.Keys(writer, WRITERS);
        writers.add(threads.submit(() -> ballots.fill(client, own)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      // Ends gracefully: a kill would lose the sizes that were counted since they were last stored.
      assertThat(server.terminate().status()).isZero();
    }
  }

  /**
   * Begins a build, kills that process and some later ones, and returns how many of them were
   * building when they were killed.
   */
  private int killWhileBuilding(Path data, Deed begin) throws Exception {
    int met = runThenKill(data, begin) ? 1 : 0;
    assertCheckIsClean(data);
    for (int kill = 0; kill < KILLS; kill++) {
      met += runThenKill(data, (_, _) -> {}) ? 1 : 0;
    }
    return met;
  }

  /**
   * Starts a process and writers, runs the action, and kills the process some writes later.
   *
   * @return whether an index was being built just before
   */
  private boolean runThenKill(Path data, Deed deed) throws Exception {
    int writes = random.nextInt(MAX_WRITES_BEFORE_KILL);
    Semaphore acknowledged = new Semaphore(0);
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<Optional<SdkException>>> writers =
          startWriters(threads, client, acknowledged, new AtomicBoolean());
      Optional<GlobalSecondaryIndexDescription> index;
      List<Future<Optional<SdkException>>> early;
      try {
        deed.run(client, acknowledged);
        await(acknowledged, writes);
        index = ballots.index(client);
        early = writers.stream().filter(Future::isDone).toList();
      } finally {
        server.kill9();
      }
      assertThat(outcomes(early)).as("writers refused before the kill").isEmpty();
      assertThat(outcomes(writers)).hasSize(WRITERS);
      return index.filter(IndexBuildCrashIT::isBackfilling).isPresent();
    }
  }

  /** Lets the build end while writers write, and verifies everything when they have ended. */
  private void finish(Path data) throws Exception {
    Semaphore acknowledged = new Semaphore(0);
    AtomicBoolean enough = new AtomicBoolean();
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<Optional<SdkException>>> writers =
          startWriters(threads, client, acknowledged, enough);
      try {
        await(acknowledged, WRITES_MEANWHILE);
      } finally {
        enough.set(true);
      }
      assertThat(outcomes(writers)).isEmpty();
      awaitActive(client);
      ballots.verify(client, IndexKey.REGION);
      assertThat(server.terminate().status()).isZero();
    }
  }

  /** Each answer is a round trip: nothing here needs to sleep. */
  private void awaitActive(DynamoDbClient client) {
    long end = System.nanoTime() + OstrakaProcess.LIMIT.toNanos();
    GlobalSecondaryIndexDescription index = ballots.index(client).orElseThrow();
    while (index.indexStatus() != IndexStatus.ACTIVE) {
      assertThat(System.nanoTime() - end).as("%s", index).isNegative();
      index = ballots.index(client).orElseThrow();
    }
  }

  private List<Future<Optional<SdkException>>> startWriters(
      ExecutorService threads,
      DynamoDbClient client,
      Semaphore acknowledged,
      AtomicBoolean enough) {
    runs++;
    List<Future<Optional<SdkException>>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      CrashWriter.Keys own = new CrashWriter.Keys(writer, WRITERS);
      Random choices = seed.random(runs * WRITERS + writer);
      writers.add(
          threads.submit(() -> {
            try {
              while (!enough.get()) {
                ballots.write(client, own, choices);
                acknowledged.release();
              }
              return Optional.empty();
            } catch (SdkException e) {
              return Optional.of(e);
            }
          }));
    }
    return writers;
  }

  private static void await(Semaphore acknowledged, int writes) throws InterruptedException {
    boolean inTime =
        acknowledged.tryAcquire(writes, OstrakaProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(inTime).as("%d writes are acknowledged", writes).isTrue();
  }

  private static List<SdkException> outcomes(List<Future<Optional<SdkException>>> writers)
      throws Exception {
    List<SdkException> outcomes = new ArrayList<>();
    for (Future<Optional<SdkException>> writer : writers) {
      writer.get().ifPresent(outcomes::add);
    }
    return outcomes;
  }

  private static boolean isBackfilling(GlobalSecondaryIndexDescription index) {
    return index.indexStatus() == IndexStatus.CREATING && Boolean.TRUE.equals(index.backfilling());
  }

  private static void assertCheckIsClean(Path data) throws InterruptedException {
    OstrakaProcess.Ended check = OstrakaProcess.run("check", data.toString());
    assertThat(check.status()).as(check.output()).isZero();
  }
}
