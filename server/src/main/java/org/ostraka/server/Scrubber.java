package org.ostraka.server;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ostraka.server.config.ScrubSettings;
import org.ostraka.storage.Measure;
import org.ostraka.storage.StorageFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all files again once in a period, at a bounded rate, and tells which are damaged (decision
 * 60). One thread runs it; any thread stops it and reads its measures.
 */
final class Scrubber {
  private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);

  /** The longest rest in which a stop is not seen. */
  private static final Duration MAX_REST = Duration.ofMillis(200);

  /** Reading does not compete with a start. */
  private static final Duration AFTER_START = Duration.ofMinutes(1);

  /** After so many failures in a row, a disk or an archive is away rather than a file damaged. */
  static final int MAX_FAILURES_IN_A_ROW = 5;

  /** How long a pass waits for a disk or an archive that is away. */
  static final Duration AWAY = Duration.ofHours(1);

  private final ScrubSettings settings;
  private final Path file;
  private final Pieces pieces;
  private final Clock clock;
  private final Consumer<Duration> rest;
  private Instant notBefore;
  private int failuresInARow;
  private final AtomicLong readBytes = new AtomicLong();
  private volatile ScrubState state;
  private volatile boolean stopped;

  /**
   * Something to read at once.
   *
   * @param place its kind and name, without spaces
   * @param damage reads it and returns what is wrong with it
   */
  record Piece(String place, long sizeBytes, Supplier<Optional<String>> damage) {}

  /** Everything that there is to read now, in the order of places. */
  interface Pieces {
    /**
     * Returns the next pieces: some of them, so that they need not be in memory all at once.
     *
     * @param place the place of the last piece before them; empty to begin
     * @return none at the end
     */
    List<Piece> after(String place);

    /** Returns whether there is still something at a place. */
    boolean has(String place);
  }

  /**
   * Makes a scrubber.
   *
   * @param file where it is stored how far the reading has come
   * @param pieces lists what there is to read
   * @param rest waits
   */
  Scrubber(ScrubSettings settings, Path file, Pieces pieces, Clock clock, Consumer<Duration> rest) {
    this.settings = settings;
    this.file = file;
    this.pieces = pieces;
    this.clock = clock;
    this.rest = rest;
    this.notBefore = clock.instant().plus(AFTER_START);
    this.state = ScrubState.load(file);
  }

  /** Makes {@link #run} return soon. */
  void stop() {
    stopped = true;
  }

  /**
   * Begins or goes on with a pass, if one is due, and returns at its end. It returns earlier after
   * several failures in a row; calls in the next hour do nothing, and then the pass goes on.
   */
  void run() {
    Instant now = clock.instant();
    boolean isDue =
        state.after().isPresent() || !now.isBefore(state.began().plus(settings.period()));
    if (stopped || now.isBefore(notBefore) || !isDue) {
      return;
    }
    if (state.after().isEmpty()) {
      become(state.begin(now));
    }
    failuresInARow = 0;
    List<Piece> page = pieces.after(state.after().orElse(""));
    while (goesOn() && !page.isEmpty()) {
      for (Piece piece : page) {
        if (goesOn()) {
          read(piece);
        }
      }
      page = pieces.after(page.getLast().place());
    }
    if (!goesOn() && !stopped) {
      notBefore = clock.instant().plus(AWAY);
      LOG.warn(
          "{} files in a row cannot be read; reading goes on at {}", failuresInARow, notBefore);
    } else if (!stopped) {
      become(state.end(pieces::has));
      LOG.info("all files were read again: {} damaged", state.damaged().size());
    }
  }

  private boolean goesOn() {
    return !stopped && failuresInARow < MAX_FAILURES_IN_A_ROW;
  }

  private void read(Piece piece) {
    Optional<String> damage = damage(piece);
    damage.ifPresent(what -> LOG.error("found while files are read again: {}", what));
    readBytes.addAndGet(piece.sizeBytes());
    become(state.read(piece.place(), damage));
    rest(Duration.ofMillis(piece.sizeBytes() * 1_000 / settings.bytesPerSecond()));
  }

  /** Returns what is wrong with a piece; one that cannot be read counts as damaged. */
  private Optional<String> damage(Piece piece) {
    try {
      Optional<String> damage = piece.damage().get();
      failuresInARow = 0;
      return damage;
    } catch (StorageFailedException failure) {
      failuresInARow++;
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      return Optional.of(piece.place() + " cannot be read: " + cause);
    }
  }

  private void become(ScrubState next) {
    state = next;
    next.store(file);
  }

  private void rest(Duration time) {
    Duration left = time;
    while (left.isPositive() && !stopped) {
      Duration part = left.compareTo(MAX_REST) < 0 ? left : MAX_REST;
      rest.accept(part);
      left = left.minus(part);
    }
  }

  /** Tells how much was read, how much is damaged, and when the last pass began. */
  List<Measure> measures() {
    ScrubState now = state;
    return List.of(
        Measure.counter(
            "scrub_read_bytes_total",
            "Bytes that were read again to find damage.",
            readBytes.get()),
        Measure.gauge(
            "scrub_damaged_files",
            "Table files and archived objects that were damaged or unreadable when last read.",
            now.damaged().size()),
        Measure.gauge(
            "scrub_pass_start_time_seconds",
            "When the last pass over all files began.",
            now.began().getEpochSecond()));
  }
}
