package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The file that holds the {@link DurableState}: three slots of 4 KB. One thread for each method
 * that writes.
 *
 * <p>Two slots take turns and are synced, so that at any moment one of them is not being written
 * and a power loss leaves it whole. The third is written after each commit and not synced: it is
 * exact when only the process dies, and may be anything after a power loss.
 */
final class WitnessFile implements AutoCloseable {
  private static final int SYNCED_SLOTS = 2;
  private static final int SLOTS = SYNCED_SLOTS + 1;
  private static final int LIVE_SLOT = SYNCED_SLOTS;
  private static final int FILE_BYTES = SLOTS * DurableState.MAX_BYTES;

  private final Path path;
  private final Path draft;
  private final FileChannel channel;
  private int nextSlot;

  private WitnessFile(Path path, Path draft, FileChannel channel) {
    this.path = path;
    this.draft = draft;
    this.channel = channel;
  }

  /** The newest state in a file; empty where it holds none that is whole. */
  static Optional<DurableState> read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      byte[][] slots = new byte[SLOTS][DurableState.MAX_BYTES];
      for (int slot = 0; slot < SLOTS; slot++) {
        LogWalk.read(channel, offset(slot), slots[slot]);
      }
      return IntStream.range(0, SLOTS)
          .mapToObj(slot -> DurableState.decode(slots[slot]))
          .flatMap(Optional::stream)
          .max(Comparator.comparingLong(DurableState::moment));
    }
  }

  /** Makes a new file that does not take the place of the one before yet: {@link #publish} does. */
  static WitnessFile draft(Path path) throws IOException {
    Path draft = path.resolveSibling(path.getFileName() + ".new");
    FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    return new WitnessFile(path, draft, channel);
  }

  /**
   * Writes a state into each slot, and then puts the file in its place, so that a crash or a
   * failure leaves the file before, if there was one, or all of this one.
   */
  void publish(DurableState state) throws IOException {
    for (int slot = 0; slot < SLOTS; slot++) {
      write(channel, offset(slot), state.encode());
    }
    write(channel, FILE_BYTES - 1L, new byte[1]);
    channel.force(true);
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    DataDirectory.syncParent(path);
  }

  /** Writes the slot that is not synced. */
  void writeLive(DurableState state) throws IOException {
    write(channel, offset(LIVE_SLOT), state.encode());
  }

  /** Writes the other one of the slots that are synced, and syncs it. */
  void writeSynced(DurableState state) throws IOException {
    write(channel, offset(nextSlot), state.encode());
    channel.force(false);
    nextSlot = (nextSlot + 1) % SYNCED_SLOTS;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static long offset(int slot) {
    return (long) slot * DurableState.MAX_BYTES;
  }

  private static void write(FileChannel channel, long offset, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, offset + buffer.position());
    }
  }
}
