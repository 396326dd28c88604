package org.ostraka.delivery.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DeadLettersTest {
  private static final int WRITERS = 3;
  private static final int LINES = 100;

  @TempDir Path parent;

  @Test
  void noLineIsLostWhenSeveralServersWriteToOneFile() throws Exception {
    Path file = parent.resolve("letters");
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Callable<Integer>> writers = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      List<String> lines = new ArrayList<>();
      for (int j = 0; j < LINES; j++) {
        lines.add("{\"writer\":" + i + ",\"line\":" + j + "}");
      }
      expected.addAll(lines);
      writers.add(() -> {
        var _ = start.await();
        return append(new DeadLetters(file), lines);
      });
    }
    List<Future<Integer>> written;
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      written = threads.invokeAll(writers);
    }
    for (Future<Integer> each : written) {
      assertThat(each.get()).isEqualTo(LINES);
    }
    assertThat(Files.readAllLines(file)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void aLineThatWasCutOffIsRemoved() throws IOException {
    Path file = Files.writeString(parent.resolve("letters"), "one\ntw");
    DeadLetters letters = new DeadLetters(file);
    letters.append("two\n".getBytes(StandardCharsets.UTF_8));
    // Another server was killed while it wrote.
    Files.writeString(file, "one\ntwo\nthr");
    letters.append("three\n".getBytes(StandardCharsets.UTF_8));
    assertThat(file).hasContent("one\ntwo\nthree\n");
  }

  private static int append(DeadLetters letters, List<String> lines) throws IOException {
    for (String line : lines) {
      letters.append((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return lines.size();
  }
}
