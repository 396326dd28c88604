package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.ostraka.storage.volume.Loss;

/**
 * Copies the sound batches of logs, also those behind a damaged one, and counts the writes that are
 * missing between them by their sequence numbers. One thread.
 */
final class SalvagedLogs {
  private static final int BATCH_HEAD_BYTES = Long.BYTES + Integer.BYTES;

  private final SalvagedState state;
  private final Consumer<Loss> losses;
  private OptionalLong next = OptionalLong.empty();

  private SalvagedLogs(SalvagedState state, Consumer<Loss> losses) {
    this.state = state;
    this.losses = losses;
  }

  /** Copies the logs that are needed, and returns the copies. */
  static List<Path> copy(
      RocksFiles files, SalvagedState state, Path directory, Consumer<Loss> losses)
      throws IOException {
    SalvagedLogs salvaged = new SalvagedLogs(state, losses);
    NavigableMap<Long, Path> logs = files.logs().tailMap(state.manifest().logNumber(), true);
    for (long number : state.durableLogs().keySet()) {
      if (!logs.containsKey(number)) {
        losses.accept(Loss.ofAny(files.log(number) + " is missing"));
      }
    }
    List<Path> copies = new ArrayList<>();
    for (Map.Entry<Long, Path> log : logs.entrySet()) {
      Path copy = directory.resolve(log.getValue().getFileName());
      salvaged.copy(log.getKey(), log.getValue(), copy);
      copies.add(copy);
    }
    salvaged.missing(state.lastSequence() + 1, "after the end of the logs in " + files.directory());
    return copies;
  }

  private void copy(long number, Path log, Path copy) throws IOException {
    long durable = state.durableLogs().getOrDefault(number, 0L);
    LogWalk.Outcome outcome = LogWalk.walk(log, _ -> {});
    boolean torn =
        outcome.soundBytes() >= durable
            && outcome.broken().filter(LogWalk.Break::mayBeTorn).isPresent();
    try (LogFileWriter writer = LogFileWriter.create(copy)) {
      for (SoundRecords.Gap gap : SoundRecords.read(log, record -> add(log, writer, record))) {
        if (!torn) {
          losses.accept(
              Loss.ofAny(log + " is damaged from offset " + gap.from() + " to " + gap.to()));
        }
      }
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    if (outcome.fileBytes() < durable) {
      losses.accept(
          Loss.ofAny(
              log
                  + " ends at "
                  + outcome.fileBytes()
                  + " of "
                  + durable
                  + " bytes that were durable"));
    }
  }

  /** Copies a batch: the sequence number of its first write, their number, the writes. */
  private void add(Path log, LogFileWriter writer, byte[] record) {
    if (record.length < BATCH_HEAD_BYTES) {
      losses.accept(Loss.ofAny(log + " has a record that is no batch"));
      return;
    }
    ByteBuffer batch = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    long sequence = batch.getLong();
    long writes = Integer.toUnsignedLong(batch.getInt());
    missing(sequence, "in " + log);
    next = OptionalLong.of(sequence + writes);
    try {
      writer.add(record);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Notes that writes are missing before one, if they are. */
  private void missing(long sequence, String where) {
    long expected = next.orElse(state.manifest().lastSequence() + 1);
    if (sequence > expected) {
      losses.accept(
          Loss.ofAny(
              "writes of rows are missing "
                  + where
                  + ": "
                  + (sequence - expected)
                  + ", with sequence numbers from "
                  + expected
                  + " to "
                  + (sequence - 1)));
    }
  }
}
