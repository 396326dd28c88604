package org.ostraka.voting.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.voting.TwoMemories;

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
          .isInstanceOf(IOException.class)
          .hasRootCauseMessage(NO_SPACE);
      for (String later : new String[] {"second", "third"}) {
        assertThatThrownBy(() -> ledger.add(later))
            .isInstanceOf(IOException.class)
            .hasRootCauseMessage("the ledger takes no more receipts");
      }
      assertThatThrownBy(ledger::close)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the ledger is not complete: ")
          .hasMessageEndingWith(NO_SPACE);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void receiptsThatWaitWhenTheDiskIsFullAreRefusedToo() throws Exception {
    AtomicReference<Runnable> writer = new AtomicReference<>();
    Ledger ledger = new Ledger(FULL, writer::set);
    List<IOException> refusals = Collections.synchronizedList(new ArrayList<>());
    List<Thread> clients = new ArrayList<>();
    // More than are written together.
    for (int receipt = 0; receipt < 1_500; receipt++) {
      clients.add(Thread.startVirtualThread(() -> add(ledger, refusals)));
    }
    try {
      TwoMemories.await(
          () -> clients.stream().allMatch(it -> it.getState() == Thread.State.WAITING));
      writer.get().run();
      for (Thread client : clients) {
        client.join();
      }
    } finally {
      clients.forEach(Thread::interrupt);
    }
    assertThat(refusals).hasSize(1_500);
  }

  private static void add(Ledger ledger, List<IOException> refusals) {
    try {
      ledger.add("a receipt");
    } catch (IOException refused) {
      refusals.add(refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aClosedLedgerTakesNoReceipt() throws Exception {
    Path file = directory.resolve("ledger");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Ledger ledger = new Ledger(file, threads);
      ledger.add("first");
      ledger.close();
      assertThatThrownBy(() -> ledger.add("second")).isInstanceOf(IOException.class);
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
