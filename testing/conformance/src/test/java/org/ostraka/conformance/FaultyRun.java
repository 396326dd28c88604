package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.ostraka.conformance.FaultyDisk.Fault;
import org.ostraka.conformance.FaultyDisk.Operation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * One run of a server on a disk that may fail: a start, a table, a few writes. Then the next start,
 * on a sound disk, must find everything that was acknowledged. Used once, by one thread.
 */
final class FaultyRun {

  /** The content of the data directory before the run. */
  record Found(Path data, RememberedTable table) {}

  private static final int KEYS = 8;
  private static final int ROUNDS = 2;

  /** The file in which the server notes how far its data is durable. */
  private static final String NOTES = "ostraka.durable";

  private final Path data;
  private final Optional<Found> found;
  private final FaultyDisk disk;
  private final RememberedTable table = new RememberedTable("during", KEYS);

  private FaultyRun(Path data, Optional<Found> found, FaultyDisk disk) {
    this.data = data;
    this.found = found;
    this.disk = disk;
  }

  static FaultyRun prepare(Path directory, Optional<Found> found)
      throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    if (found.isPresent()) {
      Directories.copy(found.get().data(), data);
    }
    return new FaultyRun(data, found, FaultyDisk.under(directory));
  }

  /** Runs without a fault; the disk then has the number of calls. */
  FaultyDisk withoutFault() throws InterruptedException {
    try (OstrakaProcess server = OstrakaProcess.serve(data, disk.environment())) {
      assertThat(answersAll(server.endpoint())).as("the run without a fault").isTrue();
      server.kill9();
    }
    return disk;
  }

  /** Runs with this fault, starts again, and checks what is left. */
  void with(Fault fault) throws InterruptedException {
    disk.fail(fault);
    runOnFaultyDisk(fault);
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      table.verifyAfterRestart(client);
      found.ifPresent(before -> before.table().verifyAfterRestart(client));
      server.kill9();
    }
    OstrakaProcess.Ended check = OstrakaProcess.run("check", data.toString());
    assertThat(check.status()).as(check.output()).isZero();
    assumeTrue(disk.fired() > 0, "skipped: this run did not come to the call that was to fail");
  }

  private void runOnFaultyDisk(Fault fault) throws InterruptedException {
    try (OstrakaProcess server = OstrakaProcess.startServing(data, disk.environment())) {
      Optional<URI> endpoint = server.endpointUnlessEnded();
      if (endpoint.isPresent() && answersAll(endpoint.get())) {
        assertWasRightToGoOn(fault, server);
      } else {
        OstrakaProcess.Ended end = server.awaitEnd();
        assertThat(end.status()).as("stopped: %s", end.output()).isNotZero();
        assertThat(end.standardError()).as("says why it stopped").isNotEmpty();
      }
    }
  }

  /**
   * Fails when the server goes on after a failed sync, which cannot be trusted again. It may go on
   * after any other fault, and when its notes of what is durable were not synced: they may lag, and
   * each sync writes them anew.
   */
  private void assertWasRightToGoOn(Fault fault, OstrakaProcess server)
      throws InterruptedException {
    boolean syncFailed = fault.operation() == Operation.SYNC && disk.fired() > 0;
    boolean isOfNotes = syncFailed && disk.lastFailedFile().equals(NOTES);
    OstrakaProcess.Ended end = server.terminate();
    if (syncFailed && !isOfNotes) {
      assertThat(end.status())
          .as("after a failed sync of %s: %s", disk.lastFailedFile(), end.output())
          .isNotZero();
    }
  }

  /** Returns whether the server answered every request, including with a 500. */
  private boolean answersAll(URI endpoint) {
    // On a full disk, a deletion waits for 25 seconds until there is room.
    try (DynamoDbClient client = SdkClients.connectPatiently(endpoint)) {
      found.ifPresent(before -> readAll(client, before.table()));
      attempt(() -> table.create(client));
      for (int i = 0; table.isCreated() && i < ROUNDS * KEYS; i++) {
        int key = i % KEYS;
        attempt(() -> table.put(client, key));
        attempt(() -> table.delete(client, (key + KEYS / 2) % KEYS));
      }
      return true;
    } catch (SdkClientException e) {
      return false;
    }
  }

  private static void readAll(DynamoDbClient client, RememberedTable table) {
    for (int i = 0; i < table.size(); i++) {
      int key = i;
      attempt(() -> table.read(client, key));
    }
  }

  /** Sends a request, which may fail with a 500 but with no other error. */
  private static void attempt(Runnable request) {
    try {
      request.run();
    } catch (DynamoDbException e) {
      assertThat(e.statusCode()).as(e.getMessage()).isEqualTo(500);
    }
  }
}
