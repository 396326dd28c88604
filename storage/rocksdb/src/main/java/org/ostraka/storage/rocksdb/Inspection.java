package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at RocksDB's logs and MANIFEST before RocksDB does, and compares them with what the {@link
 * DurableState witness} knows to have been durable. One thread; changes nothing.
 *
 * <p>RocksDB's own recovery drops the first bad record of a log with all that follows it, opens an
 * older state when its MANIFEST is cut off, and never ends for some types of records.
 */
final class Inspection {
  private final RocksFiles files;
  private final @Nullable DurableState witness;
  private final ManifestState manifest = new ManifestState();
  private final List<Damage> damages = new ArrayList<>();
  private final List<Torn> torn = new ArrayList<>();

  private long manifestNumber;

  private Inspection(RocksFiles files, @Nullable DurableState witness) {
    this.files = files;
    this.witness = witness;
  }

  /** A file whose last record was being written when the process or the machine died. */
  record Torn(Path file, long soundBytes) {}

  /**
   * What was found.
   *
   * @param damages what no crash can have done; empty when the files may be used
   * @param torn files to be cut to the bytes that are sound
   * @param logBytes bytes of logs that RocksDB will read
   */
  record Result(List<Damage> damages, List<Torn> torn, long logBytes) {}

  /**
   * Inspects a directory that has a file CURRENT.
   *
   * @param witness what was durable; empty where nothing is known
   */
  static Result run(RocksFiles files, Optional<DurableState> witness)
      throws DataDirectoryException {
    Inspection inspection = new Inspection(files, witness.orElse(null));
    long logBytes = inspection.run();
    return new Result(inspection.damages, inspection.torn, logBytes);
  }

  private long run() throws DataDirectoryException {
    OptionalLong number = read(files.current(), _ -> files.manifestNumber());
    if (number.isEmpty()) {
      damages.add(new Damage.Fatal(files.current() + " is damaged: it names no MANIFEST"));
      return 0;
    }
    Path path = files.manifest(number.getAsLong());
    if (!Files.exists(path)) {
      damages.add(new Damage.Fatal(path + " is missing, which CURRENT names"));
      return 0;
    }
    inspectManifest(number.getAsLong(), path);
    return damages.isEmpty() ? inspectLogs() : 0;
  }

  private String manifestName() {
    return files.manifest(manifestNumber).getFileName().toString();
  }

  private void inspectManifest(long number, Path path) throws DataDirectoryException {
    manifestNumber = number;
    List<Damage> unread = new ArrayList<>();
    LogWalk.Outcome outcome =
        read(path, file -> LogWalk.walk(file, record -> apply(record, path, unread)));
    damages.addAll(unread.stream().limit(1).toList());
    long durable =
        witness != null && witness.manifestNumber() == number ? witness.manifestBytes() : 0;
    Optional<LogWalk.Break> broken = outcome.broken();
    if (broken.isPresent() && !broken.get().mayBeTorn()) {
      damages.add(new Damage.Fatal(damaged(path, broken.get())));
    } else if (outcome.soundBytes() < durable) {
      damages.add(new Damage.Fatal(tooShort(path, outcome.soundBytes(), durable)));
    } else if (broken.isPresent()) {
      torn.add(new Torn(path, outcome.soundBytes()));
    }
    if (witness != null && number < witness.manifestNumber()) {
      damages.add(
          new Damage.Fatal(
              files.current()
                  + " names an older MANIFEST, "
                  + number
                  + ", than the last that was in use, "
                  + witness.manifestNumber()));
    }
  }

  private void apply(LogWalk.Entry record, Path path, List<Damage> unread) {
    try {
      manifest.apply(record.content());
    } catch (ManifestState.BadEditException bad) {
      unread.add(
          new Damage.Fatal(
              path + " is damaged at offset " + record.offset() + ": " + bad.getMessage()));
    }
  }

  private long inspectLogs() throws DataDirectoryException {
    NavigableMap<Long, Path> logs =
        read(files.directory(), _ -> files.logs()).tailMap(manifest.logNumber(), true);
    NavigableMap<Long, Long> durable = durableBytes();
    Optional<Damage> missing = missingLog(durable);
    if (missing.isPresent()) {
      damages.add(missing.get());
      return 0;
    }
    LogCheck check = new LogCheck(manifest.lastSequence() + 1, manifestName());
    long bytes = 0;
    Map.@Nullable Entry<Long, Path> tornLog = null;
    for (Map.Entry<Long, Path> log : logs.entrySet()) {
      LogCheck.Found found = read(log.getValue(), check::walk);
      bytes += found.fileBytes();
      long due = durable.getOrDefault(log.getKey(), 0L);
      Optional<Damage> damage = judge(log.getValue(), found, due, check.next());
      if (damage.isPresent()) {
        damages.add(damage.get());
        return bytes;
      }
      if (tornLog != null && found.hasBatches()) {
        damages.add(tornBeforeOthers(tornLog.getValue(), log.getValue()));
        return bytes;
      }
      tornLog = found.broken().isPresent() ? log : tornLog;
    }
    compareSequences(check.next());
    return bytes;
  }

  /** The first log that is to be there and is not. */
  private Optional<Damage> missingLog(NavigableMap<Long, Long> durable) {
    for (long number : durable.keySet()) {
      if (!Files.exists(files.log(number))) {
        String message = files.log(number) + " is missing, which " + manifestName() + " needs";
        return Optional.of(new Damage.LogsFrom(number, message + lost(OptionalLong.empty())));
      }
    }
    // RocksDB refuses to go on without a log that its MANIFEST has as kept, needed or not.
    for (long number : manifest.syncedBytes().keySet()) {
      if (!Files.exists(files.log(number))) {
        return Optional.of(
            new Damage.Missing(
                files.log(number) + " is missing, which " + manifestName() + " says to be there"));
      }
    }
    return Optional.empty();
  }

  private Damage tornBeforeOthers(Path log, Path later) {
    long sound = torn.getLast().soundBytes();
    return new Damage.Tail(
        log,
        sound,
        log
            + " is damaged at offset "
            + sound
            + ": it is not the newest log, "
            + later
            + " comes after it, and yet its last record is not whole");
  }

  /** What is wrong with one log by itself; notes a torn tail. */
  private Optional<Damage> judge(Path log, LogCheck.Found found, long durable, OptionalLong next) {
    long sound = found.soundBytes();
    Optional<LogWalk.Break> broken = found.broken();
    if (broken.isPresent() && !broken.get().mayBeTorn()) {
      return Optional.of(new Damage.Tail(log, sound, damaged(log, broken.get())));
    }
    if (sound < durable) {
      return Optional.of(new Damage.Tail(log, sound, tooShort(log, sound, durable) + lost(next)));
    }
    if (broken.isPresent()) {
      torn.add(new Torn(log, sound));
    }
    return Optional.empty();
  }

  /** Compares the last sequence number that there is with those that are known to have been. */
  private void compareSequences(OptionalLong next) {
    long last = next.isPresent() ? next.getAsLong() - 1 : manifest.lastSequence();
    long due = Math.max(manifest.lastSequence(), witness == null ? 0 : witness.lastSequence());
    if (last < due) {
      damages.add(
          new Damage.Missing(
              "the logs in "
                  + files.directory()
                  + " end too early"
                  + lost(OptionalLong.of(last + 1))));
    }
  }

  /** How many bytes of each log that is still needed were durable. */
  private NavigableMap<Long, Long> durableBytes() {
    NavigableMap<Long, Long> durable = new TreeMap<>(manifest.syncedBytes());
    if (witness != null) {
      witness.logs().forEach(log -> durable.merge(log.number(), log.bytes(), Math::max));
    }
    durable.values().removeIf(bytes -> bytes == 0);
    return durable.tailMap(manifest.logNumber(), true);
  }

  private static String damaged(Path file, LogWalk.Break broken) {
    return file + " is damaged at offset " + broken.offset() + ": " + broken.what();
  }

  private static String tooShort(Path file, long soundBytes, long durable) {
    return file + " ends at " + soundBytes + " of " + durable + " bytes that were durable";
  }

  /** Which acknowledged writes are lost, as far as that is known. */
  private String lost(OptionalLong from) {
    long last = Math.max(manifest.lastSequence(), witness == null ? 0 : witness.lastSequence());
    String first = from.isPresent() ? " from sequence number " + from.getAsLong() : "";
    return ": acknowledged writes are missing," + first + " up to " + last;
  }

  /** A way to read a file. */
  @FunctionalInterface
  private interface Reading<T> {
    T read(Path file) throws IOException;
  }

  private static <T> T read(Path file, Reading<T> reading) throws DataDirectoryException {
    try {
      return reading.read(file);
    } catch (IOException failure) {
      throw new DataDirectoryException(
          file + " cannot be read: " + DataDirectory.describe(failure), failure);
    }
  }
}
