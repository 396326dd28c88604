package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceiptKeyFileTest {
  @TempDir private Path directory;

  @Test
  void theKeyIsMadeOnceAndOnlyItsOwnerMayReadIt() throws Exception {
    Path file = directory.resolve("receipt-key");
    byte[] made = ReceiptKeyFile.open(file).publicKey().getEncoded();
    assertThat(ReceiptKeyFile.open(file).publicKey().getEncoded()).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @RepeatedTest(20)
  void thoseWhoStartTogetherHaveOneKey() throws Exception {
    Path path = directory.resolve("receipt-key");
    CyclicBarrier start = new CyclicBarrier(4);
    Callable<String> starter =
        () -> {
          start.await();
          return Base64.getEncoder()
              .encodeToString(ReceiptKeyFile.open(path).publicKey().getEncoded());
        };
    List<Future<String>> keys;
    try (ExecutorService starters = Executors.newFixedThreadPool(4)) {
      keys = starters.invokeAll(Collections.nCopies(4, starter));
    }
    assertThat(keys).extracting(Future::get).containsOnly(keys.getFirst().get());
  }

  @Test
  void aDraftThatAnInterruptedStartLeftIsNotInTheWay() throws Exception {
    Path file = directory.resolve("receipt-key");
    Files.writeString(directory.resolve("receipt-key.new"), "half a k");
    assertThat(ReceiptKeyFile.open(file).publicKey()).isNotNull();
  }

  @Test
  void aFileThatIsNoKeyIsRefusedByName() throws Exception {
    Path file = directory.resolve("receipt-key");
    Files.write(file, List.of("one line"));
    assertThatThrownBy(() -> ReceiptKeyFile.open(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is no receipt key");
  }
}
