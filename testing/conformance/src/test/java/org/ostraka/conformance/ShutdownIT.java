package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * SIGTERM under load: the server ends with status 0 and has stored every write that it
 * acknowledged.
 */
final class ShutdownIT {

  private static final int WRITERS = 16;
  private static final int KEYS = 8 * WRITERS;
  private static final int WRITES_BEFORE_STOP = 500;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Seed seed = Seed.announcedFor(ShutdownIT.class);
  private final RememberedTable votes = new RememberedTable("votes", KEYS);

  @Test
  void everyAnsweredRequestIsKept() throws Exception {
    Path data = directory.resolve("data");
    stopUnderLoad(data);
    OstrakaProcess.Ended check = OstrakaProcess.run("check", data.toString());
    assertThat(check.status()).as(check.output()).isZero();
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      votes.verifyAfterRestart(client);
    }
  }

  private void stopUnderLoad(Path data) throws Exception {
    Semaphore acknowledged = new Semaphore(0);
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      votes.create(client);
      List<Future<SdkException>> writers =
          IntStream.range(0, WRITERS)
              .mapToObj(i -> threads.submit(writer(client, i, acknowledged)))
              .toList();
      boolean inTime =
          acknowledged.tryAcquire(
              WRITES_BEFORE_STOP, OstrakaProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
      OstrakaProcess.Ended end = server.terminate();
      assertThat(inTime).as("writes acknowledged before the stop").isTrue();
      assertThat(end.status()).as(end.output()).isZero();
      for (Future<SdkException> writer : writers) {
        assertWasCutOff(writer.get());
      }
    }
  }

  private CrashWriter writer(DynamoDbClient client, int number, Semaphore acknowledged) {
    return new CrashWriter(
        client, votes, new CrashWriter.Keys(number, WRITERS), seed.random(number), acknowledged);
  }

  /**
   * Checks that the failure is a closed connection, or a 503 while the server drains, and never an
   * error that blames the request.
   */
  private static void assertWasCutOff(SdkException failure) {
    if (!(failure instanceof SdkClientException)) {
      assertThat(failure).hasMessageContaining("Status Code: 503");
    }
  }
}
