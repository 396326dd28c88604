package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.ostraka.conformance.FaultyDisk.Errno;
import org.ostraka.conformance.FaultyDisk.Fault;
import org.ostraka.conformance.FaultyDisk.Operation;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Any call on the disk may fail, from the first of a start to the last of a few writes: the server
 * answers 500 or stops, and loses no acknowledged write.
 *
 * <p>It tests a sample: {@code -Dostraka.faults=N} calls of each class, on an empty directory and
 * on one that has a log to recover.
 */
final class FaultyDiskIT {

  private static final int FAULTS = Integer.getInteger("ostraka.faults", 3);
  private static final int KEYS = 8;

  private static final Random RANDOM = Seed.announcedFor(FaultyDiskIT.class).random(0);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  /** Three run at once, since those on a full disk wait for room. */
  @Execution(ExecutionMode.CONCURRENT)
  @TestFactory
  Stream<DynamicTest> nothingAcknowledgedIsLostWhenACallFails() throws Exception {
    List<DynamicTest> tests = new ArrayList<>(testsOn(Optional.empty()));
    tests.addAll(testsOn(Optional.of(crashedServer())));
    return tests.stream();
  }

  /** A power loss cannot be tested here; that a sync comes before each acknowledgement can. */
  @Test
  void aWriteIsSyncedBeforeItIsAcknowledged() throws Exception {
    FaultyDisk disk = FaultyDisk.under(directory);
    RememberedTable votes = new RememberedTable("votes", KEYS);
    try (OstrakaProcess server =
            OstrakaProcess.serve(directory.resolve("data"), disk.environment());
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      assertSyncs(disk, () -> votes.create(client));
      for (int i = 0; i < KEYS; i++) {
        int key = i;
        assertSyncs(disk, () -> votes.put(client, key));
        assertSyncs(disk, () -> votes.delete(client, key));
      }
    }
  }

  private static void assertSyncs(FaultyDisk disk, Runnable write) {
    long before = disk.seen(Operation.SYNC);
    write.run();
    assertThat(disk.seen(Operation.SYNC)).as("syncs").isGreaterThan(before);
  }

  /** Makes a directory whose server was killed, so that the next start has a log to read. */
  private FaultyRun.Found crashedServer() throws InterruptedException {
    Path data = directory.resolve("crashed");
    RememberedTable before = new RememberedTable("before", KEYS);
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      before.create(client);
      before.fill(client);
      server.kill9();
    }
    return new FaultyRun.Found(data, before);
  }

  private List<DynamicTest> testsOn(Optional<FaultyRun.Found> found) throws Exception {
    FaultyDisk clean = newRun(found).withoutFault();
    List<DynamicTest> tests = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      System.out.printf(
          "%s calls of a run on %s directory: %d%n",
          operation, found.isPresent() ? "a crashed server's" : "an empty", clean.seen(operation));
      sample(clean.seen(operation))
          .mapToObj(call -> chooseFault(operation, call))
          .forEach(fault -> tests.add(test(fault, found)));
    }
    return tests;
  }

  private DynamicTest test(Fault fault, Optional<FaultyRun.Found> found) {
    String start = found.isPresent() ? "recovering" : "on an empty directory";
    return DynamicTest.dynamicTest(fault + ", " + start, () -> newRun(found).with(fault));
  }

  private FaultyRun newRun(Optional<FaultyRun.Found> found) throws Exception {
    return FaultyRun.prepare(
        Files.createTempDirectory(directory, "run"),
        found.map(each -> new FaultyRun.Found(each.data(), each.table().copy())));
  }

  /** Draws numbers of calls that are spread over all of them: one from each stretch. */
  private IntStream sample(long calls) {
    int size = (int) Math.min(FAULTS, calls);
    assertThat(size).as("calls seen through the faulty disk").isPositive();
    return IntStream.range(0, size)
        .map(i -> {
          int low = (int) (i * calls / size);
          int high = (int) ((i + 1) * calls / size);
          return 1 + low + RANDOM.nextInt(high - low);
        });
  }

  private Fault chooseFault(Operation operation, long call) {
    Errno errno = operation == Operation.WRITE && RANDOM.nextBoolean() ? Errno.ENOSPC : Errno.EIO;
    return RANDOM.nextBoolean()
        ? Fault.once(operation, call, errno)
        : Fault.from(operation, call, errno);
  }
}
