package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.ostraka.conformance.FaultyDisk.Errno;
import org.ostraka.conformance.FaultyDisk.Operation;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * While the disk is full, the server refuses writes with a 500 that says so, and still reads; when
 * there is room again, it writes again without a restart. Both tests run at once, since the server
 * looks for room only every few seconds.
 */
@Execution(ExecutionMode.CONCURRENT)
final class FullDiskIT {

  private static final int KEYS = 32;
  private static final int REFUSALS = 20;

  /**
   * More writes than fit in the space that the server may have reserved before the disk was full.
   */
  private static final int MAX_WRITES_UNTIL_FULL = 100_000;

  private static final Duration MAX_HEALING = Duration.ofSeconds(30);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final RememberedTable votes = new RememberedTable("votes", KEYS);

  @Test
  void aDiskThatIsFullForAWhileRefusesWritesForThatWhile() throws Exception {
    FaultyDisk disk = FaultyDisk.under(directory);
    Path data = directory.resolve("data");
    try (OstrakaProcess server = OstrakaProcess.serve(data, disk.environment());
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      votes.create(client);
      votes.fill(client);
      disk.failFromNowOn(Operation.WRITE, Errno.ENOSPC);
      assertWritesAreRefusedAndReadsGoOn(client);
      disk.heal();
      assertWritesWorkAgain(client);
      server.kill9();
    }
    assertEverythingIsThereAfterRestart(data);
  }

  @Test
  void aFileSystemThatIsReallyFullRefusesWritesUntilThereIsRoom() throws Exception {
    try (SmallFileSystem small = SmallFileSystem.mountAt(directory.resolve("small"))) {
      Path data = small.path().resolve("data");
      try (OstrakaProcess server = OstrakaProcess.serve(data);
          DynamoDbClient client = SdkClients.connect(server.endpoint())) {
        votes.create(client);
        votes.fill(client);
        small.fill();
        writeUntilRefused(client);
        assertWritesAreRefusedAndReadsGoOn(client);
        small.makeRoom();
        assertWritesWorkAgain(client);
        server.kill9();
      }
      assertEverythingIsThereAfterRestart(data);
    }
  }

  private void writeUntilRefused(DynamoDbClient client) {
    try {
      for (int i = 0; i < MAX_WRITES_UNTIL_FULL; i++) {
        votes.put(client, i % KEYS);
      }
    } catch (DynamoDbException e) {
      assertSaysDiskIsFull(e);
      return;
    }
    throw new AssertionError("the file system is full, and no write was refused");
  }

  private void assertWritesAreRefusedAndReadsGoOn(DynamoDbClient client) {
    for (int i = 0; i < REFUSALS; i++) {
      int key = i % KEYS;
      DynamoDbException refusal =
          catchThrowableOfType(DynamoDbException.class, () -> votes.put(client, key));
      assertThat(refusal).as("write %d on a full disk", i).isNotNull();
      assertSaysDiskIsFull(refusal);
      votes.readAll(client);
    }
  }

  private static void assertSaysDiskIsFull(DynamoDbException refusal) {
    assertThat(refusal.statusCode()).as(refusal.getMessage()).isEqualTo(500);
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InternalServerError");
    assertThat(refusal.awsErrorDetails().errorMessage().toLowerCase(Locale.ROOT))
        .containsAnyOf("disk is full", "no space", "disk full", "volume is full", "out of space");
  }

  /**
   * Writes until one succeeds, which is soon, and checks that all later writes succeed. The first
   * may fail, since it tries whether there is room.
   */
  private void assertWritesWorkAgain(DynamoDbClient client) {
    long start = System.nanoTime();
    while (!isPut(client)) {
      assertThat(System.nanoTime() - start)
          .as("nanoseconds since there is room again")
          .isLessThan(MAX_HEALING.toNanos());
    }
    votes.fill(client);
    votes.readAll(client);
  }

  private boolean isPut(DynamoDbClient client) {
    try {
      votes.put(client, 0);
      return true;
    } catch (DynamoDbException e) {
      assertSaysDiskIsFull(e);
      return false;
    }
  }

  private void assertEverythingIsThereAfterRestart(Path data) throws InterruptedException {
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      votes.verifyAfterRestart(client);
      server.kill9();
    }
    OstrakaProcess.Ended check = OstrakaProcess.run("check", data.toString());
    assertThat(check.status()).as(check.output()).isZero();
  }
}
