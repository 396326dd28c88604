package org.ostraka.voting.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A ledger whose disk is full, that is closed or continued, and texts that are no receipts. */
@Timeout(60)
final class LedgerTest {
  // A write to this file fails as on a disk without space (man 4 full).
  private static final Path FULL = Path.of("/dev/full");
  private static final String NO_SPACE = "No space left on device";

  @TempDir private Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void whenTheDiskIsFullNoReceiptIsAcknowledged() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Ledger ledger = new Ledger(FULL, threads);
      assertThatThrownBy(() -> ledger.add("first"))
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage(NO_SPACE);
      for (String later : new String[] {"second", "third"}) {
        assertThatThrownBy(() -> ledger.add(later))
            .isInstanceOf(CompletionException.class)
            .hasRootCauseMessage("the ledger takes no more receipts");
      }
      assertThatThrownBy(ledger::close)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the ledger is not complete: ")
          .hasMessageEndingWith(NO_SPACE);
    }
  }

  @Test
  void aClosedLedgerTakesNoReceipt() throws Exception {
    Path file = directory.resolve("ledger");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Ledger ledger = new Ledger(file, threads);
      ledger.add("first");
      ledger.close();
      assertThatThrownBy(() -> ledger.add("second")).isInstanceOf(CompletionException.class);
      ledger.close();
    }
    assertThat(Files.readAllLines(file)).containsExactly("first");
  }

  @Test
  void aLedgerIsContinuedInANewLine() throws Exception {
    Path file = directory.resolve("ledger");
    // The process that wrote the first one ended in the middle of the second one.
    Path _ = Files.writeString(file, "first\nsec");
    for (String receipt : new String[] {"third", "fourth"}) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
          Ledger ledger = new Ledger(file, threads)) {
        ledger.add(receipt);
      }
    }
    assertThat(Files.readString(file)).isEqualTo("first\nsec\nthird\nfourth\n");
  }

  @Test
  void aReceiptIsOneLine() throws Exception {
    Path file = directory.resolve("ledger");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Ledger ledger = new Ledger(file, threads)) {
      for (String other : new String[] {"", "\n", "a\nb"}) {
        assertThatThrownBy(() -> ledger.add(other))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("a receipt is one line");
      }
      ledger.add("a");
    }
    assertThat(Files.readAllLines(file)).containsExactly("a");
  }
}
