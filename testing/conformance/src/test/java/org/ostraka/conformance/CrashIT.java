package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Acknowledged writes survive SIGKILL under load, again and again on one data directory.
 *
 * <p>It kills the server {@code -Dostraka.crashes=N} times.
 */
final class CrashIT {

  private static final int CRASHES = Integer.getInteger("ostraka.crashes", 5);
  private static final int CHECK_EVERY = 4;
  private static final int WRITERS = 32;
  private static final int KEYS = 8 * WRITERS;
  private static final int MAX_WRITES_BEFORE_KILL = 1_500;
  private static final int MAX_MILLISECONDS_OF_RECOVERY = 600;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Seed seed = Seed.announcedFor(CrashIT.class);
  private final Random random = seed.random(-1);
  private final RememberedTable votes = new RememberedTable("votes", KEYS);

  @Test
  void everyAcknowledgedWriteSurvivesEveryKill() throws Exception {
    Path data = directory.resolve("data");
    createTable(data);
    for (int crash = 1; crash <= CRASHES; crash++) {
      verifyThenKillUnderLoad(data, crash);
      killDuringRecovery(data);
      if (crash % CHECK_EVERY == 0) {
        assertCheckIsClean(data);
        System.out.printf("CrashIT: %d of %d kills, nothing lost%n", crash, CRASHES);
      }
    }
    verifyAtTheEnd(data);
    assertCheckIsClean(data);
  }

  private void createTable(Path data) throws InterruptedException {
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      votes.create(client);
      server.kill9();
    }
  }

  private void verifyThenKillUnderLoad(Path data, int crash) throws Exception {
    int writes = random.nextInt(MAX_WRITES_BEFORE_KILL);
    Semaphore acknowledged = new Semaphore(0);
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      votes.verifyAfterRestart(client);
      List<Future<SdkException>> writers = startWriters(threads, client, acknowledged, crash);
      boolean inTime =
          acknowledged.tryAcquire(writes, OstrakaProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
      List<Future<SdkException>> early = writers.stream().filter(Future::isDone).toList();
      server.kill9();
      assertThat(outcomes(early)).as("writers refused before kill %d", crash).isEmpty();
      assertThat(inTime).as("%d writes acknowledged before kill %d", writes, crash).isTrue();
      assertThat(outcomes(writers)).hasSize(WRITERS);
    }
  }

  private List<Future<SdkException>> startWriters(
      ExecutorService threads, DynamoDbClient client, Semaphore acknowledged, int crash) {
    return IntStream.range(0, WRITERS)
        .mapToObj(i ->
            new CrashWriter(
                client,
                votes,
                new CrashWriter.Keys(i, WRITERS),
                seed.random(crash * WRITERS + i),
                acknowledged))
        .map(threads::submit)
        .toList();
  }

  /** Waits for the writers to end, and returns the failures that ended them. */
  private static List<SdkException> outcomes(List<Future<SdkException>> writers) {
    return writers.stream().map(CrashIT::outcome).toList();
  }

  private static SdkException outcome(Future<SdkException> writer) {
    try {
      return writer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("a writer failed by itself", e);
    }
  }

  /** Kills every second start before it has finished, or soon after. */
  private void killDuringRecovery(Path data) throws InterruptedException {
    if (random.nextBoolean()) {
      return;
    }
    Duration survival = Duration.ofMillis(random.nextInt(MAX_MILLISECONDS_OF_RECOVERY));
    try (OstrakaProcess server = OstrakaProcess.startServing(data, Map.of())) {
      boolean ended = server.endsWithin(survival);
      OstrakaProcess.Ended end = server.kill9();
      assertThat(ended).as(end.output()).isFalse();
    }
  }

  private void verifyAtTheEnd(Path data) throws InterruptedException {
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      votes.verifyAfterRestart(client);
      OstrakaProcess.Ended end = server.terminate();
      assertThat(end.status()).as(end.output()).isZero();
    }
  }

  private static void assertCheckIsClean(Path data) throws InterruptedException {
    OstrakaProcess.Ended check = OstrakaProcess.run("check", data.toString());
    assertThat(check.status()).as(check.output()).isZero();
  }
}
