package org.ostraka.voting.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A file of receipts, a line each. A receipt counts as acknowledged only when its line is on the
 * disk. Any thread; lines that come together share one sync. After a line that cannot be written no
 * other one is.
 */
public final class Ledger implements AutoCloseable {
  private static final int MAX_WAITING = 100_000;
  private static final int MAX_TOGETHER = 1_000;

  // The line after the last one is empty.
  private record Line(String text, CompletableFuture<Boolean> isWritten) {}

  private final FileChannel channel;
  private final BlockingQueue<Line> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();

  /**
   * Opens a new file, or continues one. A thread of the executor writes it. A line that was not
   * written to its end stays a line of its own.
   */
  public Ledger(Path file, Executor threads) throws IOException {
    boolean isWhole = !Files.exists(file) || isWhole(file);
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    threads.execute(() -> write(isWhole ? "" : "\n"));
  }

  /** Returns whether a file is empty or its last line has an end. */
  private static boolean isWhole(Path file) throws IOException {
    try (FileChannel written = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return written.size() == 0
          || (written.read(last, written.size() - 1) == 1 && last.get(0) == '\n');
    }
  }

  /**
   * Adds a receipt and returns when it is on the disk.
   *
   * @throws IllegalArgumentException if the receipt is not one line
   * @throws IOException if it is not on the disk: it or an earlier one could not be written, or the
   *     ledger is closed
   */
  public void add(String receipt) throws IOException, InterruptedException {
    if (receipt.isEmpty() || receipt.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a receipt is one line");
    }
    Line line = new Line(receipt, new CompletableFuture<>());
    waiting.put(line);
    if (end.isDone()) {
      refuseWaiting();
    }
    try {
      boolean _ = line.isWritten().get();
    } catch (ExecutionException failed) {
      throw new IOException("the receipt is not in the ledger", failed.getCause());
    }
  }

  private void write(String start) {
    try {
      writeAll(start);
      boolean _ = end.complete(true);
    } catch (IOException failed) {
      boolean _ = end.completeExceptionally(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      boolean _ = end.completeExceptionally(stopped);
    }
    // Whoever adds a line after this sees that the end has come.
    refuseWaiting();
  }

  private void writeAll(String start) throws IOException, InterruptedException {
    try (channel) {
      write(channel, start);
      boolean isOpen = true;
      while (isOpen) {
        List<Line> lines = new ArrayList<>();
        lines.add(waiting.take());
        int _ = waiting.drainTo(lines, MAX_TOGETHER);
        isOpen = lines.stream().noneMatch(line -> line.text().isEmpty());
        write(channel, lines);
      }
    }
  }

  private void refuseWaiting() {
    List<Line> late = new ArrayList<>();
    int _ = waiting.drainTo(late);
    IOException ended = new IOException("the ledger takes no more receipts");
    late.forEach(line -> line.isWritten().completeExceptionally(ended));
  }

  private static void write(FileChannel channel, List<Line> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      if (!line.text().isEmpty()) {
        text.append(line.text()).append('\n');
      }
    }
    try {
      write(channel, text.toString());
      channel.force(false);
    } catch (IOException failed) {
      lines.forEach(line -> line.isWritten().completeExceptionally(failed));
      throw failed;
    }
    lines.forEach(line -> line.isWritten().complete(true));
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      int _ = channel.write(bytes);
    }
  }

  /**
   * Writes what waits and closes the file.
   *
   * @throws IOException if a receipt could not be written
   */
  @Override
  public void close() throws IOException {
    boolean _ = waiting.add(new Line("", new CompletableFuture<>()));
    try {
      boolean _ = end.join();
    } catch (CompletionException failed) {
      throw new IOException("the ledger is not complete: " + failed.getMessage(), failed);
    }
  }
}
