package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.conformance.OstrakaProcess.Ended;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@code ostraka check} accepts sound data, reports damaged data, and changes neither. */
final class CheckIT {

  private static final int KEYS = 64;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final RememberedTable votes = new RememberedTable("votes", KEYS);
  private Path data;

  /** Leaves items in a log that no start has read yet. */
  @BeforeEach
  void writeAndKill() throws InterruptedException {
    data = directory.resolve("data");
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      votes.create(client);
      votes.fill(client);
      server.kill9();
    }
  }

  @Test
  void soundDataIsClean() throws InterruptedException {
    Ended check = check();
    assertThat(check.status()).as(check.output()).isZero();
    assertThat(String.join("\n", check.standardOutput())).contains("0 problems");
  }

  @Test
  void aCheckChangesNothing() throws Exception {
    Path before = directory.resolve("before");
    Directories.copy(data, before);
    check();
    assertThat(Directories.describe(data)).isEqualTo(Directories.describe(before));
  }

  @Test
  void aDamagedTableFileIsFound() throws Exception {
    turnLogIntoTableFile();
    damage(".sst");
    Ended check = check();
    assertThat(check.status()).as(check.output()).isNotZero();
  }

  /** A crash leaves a log with a torn end; damage in the middle would lose acknowledged writes. */
  @Test
  void aDamagedLogIsFoundAndNotServed() throws Exception {
    damage(".log");
    Ended check = check();
    assertThat(check.status()).as(check.output()).isNotZero();
    try (OstrakaProcess server = OstrakaProcess.startServing(data, Map.of())) {
      assertThat(server.endpointUnlessEnded()).as("listens on damaged data").isEmpty();
      assertThat(server.awaitEnd().status()).isNotZero();
    }
  }

  @Test
  void aDirectoryInUseIsNotChecked() throws InterruptedException {
    try (OstrakaProcess server = OstrakaProcess.serve(data)) {
      Ended check = check();
      assertThat(check.status()).as(check.output()).isNotZero();
      assertThat(String.join("\n", check.standardError())).contains(data.toString());
      assertThat(server.terminate().status()).isZero();
    }
  }

  private Ended check() throws InterruptedException {
    return OstrakaProcess.run("check", data.toString());
  }

  private void turnLogIntoTableFile() throws InterruptedException {
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      votes.verifyAfterRestart(client);
      server.terminate();
    }
  }

  /** Changes one byte in the middle of the largest file with this ending. */
  private void damage(String ending) throws IOException {
    Path largest;
    try (Stream<Path> files = Files.walk(data)) {
      largest =
          files
              .filter(file -> file.toString().endsWith(ending))
              .max(Comparator.comparingLong(CheckIT::size))
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(largest);
    bytes[bytes.length / 2] ^= 0x10;
    Files.write(largest, bytes);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
