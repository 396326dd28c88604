package org.ostraka.voting.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A file of receipts, a line each. A receipt counts as acknowledged only when its line is on the
 * disk. Any thread; lines that come together share one sync.
 */
public final class Ledger implements AutoCloseable {
  private static final int MAX_WAITING = 100_000;
  private static final int MAX_TOGETHER = 1_000;

  private record Line(String text, CompletableFuture<Boolean> isWritten) {}

  private final FileChannel channel;
  private final BlockingQueue<Line> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /** Opens a new file, or one that is continued. A thread of the executor writes it. */
  public Ledger(Path file, Executor threads) throws IOException {
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    threads.execute(this::write);
  }

  /** Adds a receipt and returns when it is on the disk. */
  public void add(String receipt) throws InterruptedException {
    Line line = new Line(receipt, new CompletableFuture<>());
    waiting.put(line);
    boolean _ = line.isWritten().join();
  }

  private void write() {
    try {
      boolean isOpen = true;
      while (isOpen) {
        List<Line> lines = new ArrayList<>();
        lines.add(waiting.take());
        int _ = waiting.drainTo(lines, MAX_TOGETHER);
        isOpen = lines.stream().noneMatch(line -> line.text().isEmpty());
        write(lines);
      }
      channel.close();
      boolean _ = end.complete(null);
    } catch (IOException failed) {
      waiting.forEach(line -> line.isWritten().completeExceptionally(failed));
      boolean _ = end.completeExceptionally(new UncheckedIOException(failed));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      boolean _ = end.completeExceptionally(stopped);
    }
  }

  private void write(List<Line> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      if (!line.text().isEmpty()) {
        text.append(line.text()).append('\n');
      }
    }
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        int _ = channel.write(bytes);
      }
      channel.force(false);
    } catch (IOException failed) {
      lines.forEach(line -> line.isWritten().completeExceptionally(failed));
      throw failed;
    }
    lines.forEach(line -> line.isWritten().complete(true));
  }

  /** Writes what waits and closes the file. */
  @Override
  public void close() {
    boolean _ = waiting.add(new Line("", new CompletableFuture<>()));
    var _ = end.join();
  }
}
