package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.ostraka.storage.volume.Loss;

/**
 * What can be known of the state of a damaged directory: by its MANIFEST as far as that is sound,
 * and by its witness. Immutable.
 *
 * @param whole whether the MANIFEST is whole up to its last byte: the table files in use are those
 *     that it lists
 */
record SalvagedState(ManifestState manifest, boolean whole, Optional<DurableState> witness) {

  private static final String UNKNOWN =
      ": it is not known whether table files are missing, and rows that were deleted or changed"
          + " shortly before the last stop may be back as they were";

  private static final String UNWITNESSED = ": it is not known whether the last writes are missing";

  /**
   * Reads the state.
   *
   * @param losses accepts what is damaged or missing
   */
  static SalvagedState read(DataDirectory directory, RocksFiles files, Consumer<Loss> losses)
      throws IOException {
    Optional<DurableState> witness = witness(directory, losses);
    ManifestState state = new ManifestState();
    OptionalLong number = manifestNumber(files, losses);
    boolean whole = false;
    if (number.isEmpty()) {
      losses.accept(Loss.ofAny("there is no MANIFEST in " + files.directory() + UNKNOWN));
    } else {
      Path path = files.manifest(number.getAsLong());
      boolean[] unread = new boolean[1];
      LogWalk.Outcome outcome =
          LogWalk.walk(path, record -> unread[0] = unread[0] || !applied(state, record));
      Optional<String> damage = damage(outcome, unread[0], number.getAsLong(), witness);
      damage.ifPresent(what -> losses.accept(Loss.ofAny(path + " " + what + UNKNOWN)));
      // An edit that a crash seems to have cut off may have been whole: then its files are in use.
      whole = damage.isEmpty() && outcome.broken().isEmpty();
    }
    return new SalvagedState(state, whole, witness);
  }

  /** Returns the table files in use, as far as they are known. */
  NavigableMap<Long, ManifestTables.Table> tables() {
    return manifest.tables().inUse();
  }

  /** Returns whether a table file that is there may have rows. */
  boolean mayBeInUse(long table) {
    return whole ? tables().containsKey(table) : !manifest.tables().removed().containsKey(table);
  }

  /** Returns the keys that a table file may have. */
  Loss.Keys keysOf(long number) {
    ManifestTables.Table table = tables().get(number);
    return table == null ? Loss.Keys.all() : new Loss.Keys(table.smallest(), table.largest());
  }

  /** Returns the greatest sequence number that is known to have been durable. */
  long lastSequence() {
    return Math.max(manifest.lastSequence(), witness.map(DurableState::lastSequence).orElse(0L));
  }

  /** Returns how many bytes of each log that is needed were durable, at least. */
  NavigableMap<Long, Long> durableLogs() {
    NavigableMap<Long, Long> durable = new TreeMap<>(manifest.syncedBytes());
    witness.ifPresent(
        known -> known.logs().forEach(log -> durable.merge(log.number(), log.bytes(), Math::max)));
    durable.values().removeIf(bytes -> bytes == 0);
    return durable.tailMap(manifest.logNumber(), true);
  }

  private static Optional<DurableState> witness(DataDirectory directory, Consumer<Loss> losses)
      throws IOException {
    Path path = directory.witness();
    if (!Files.exists(path)) {
      losses.accept(Loss.ofAny(path + " is missing" + UNWITNESSED));
      return Optional.empty();
    }
    Optional<DurableState> witness = WitnessFile.read(path);
    if (witness.isEmpty()) {
      losses.accept(Loss.ofAny(path + " is damaged" + UNWITNESSED));
    }
    return witness;
  }

  /** Returns the MANIFEST that CURRENT names, or else the newest one. */
  private static OptionalLong manifestNumber(RocksFiles files, Consumer<Loss> losses)
      throws IOException {
    OptionalLong named =
        Files.exists(files.current()) ? files.manifestNumber() : OptionalLong.empty();
    if (named.isPresent() && Files.exists(files.manifest(named.getAsLong()))) {
      return named;
    }
    Map.Entry<Long, Path> newest = files.manifests().lastEntry();
    if (newest == null) {
      return OptionalLong.empty();
    }
    losses.accept(
        Loss.ofNone(files.current() + " is damaged or missing; " + newest.getValue() + " is used"));
    return OptionalLong.of(newest.getKey());
  }

  /** Returns what is wrong with a MANIFEST, if it is more than a crash may have left. */
  private static Optional<String> damage(
      LogWalk.Outcome outcome, boolean unread, long number, Optional<DurableState> witness) {
    long known = witness.map(DurableState::manifestNumber).orElse(0L);
    long durable =
        witness
            .filter(it -> it.manifestNumber() == number)
            .map(DurableState::manifestBytes)
            .orElse(0L);
    if (unread || outcome.broken().filter(broken -> !broken.mayBeTorn()).isPresent()) {
      return Optional.of("is damaged after offset " + outcome.soundBytes());
    }
    if (outcome.soundBytes() < durable) {
      return Optional.of(
          "ends at " + outcome.soundBytes() + " of " + durable + " bytes that were durable");
    }
    return number < known || outcome.soundBytes() == 0
        ? Optional.of("is not the last that was in use")
        : Optional.empty();
  }

  private static boolean applied(ManifestState state, LogWalk.Entry record) {
    try {
      state.apply(record.content());
      return true;
    } catch (ManifestState.BadEditException _) {
      return false;
    }
  }
}
