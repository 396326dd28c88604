package org.ostraka.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the reading of all files has come, and what is damaged. Immutable.
 *
 * <pre>
 * began 2026-11-29T12:00:00Z     when this pass began
 * after table/000123.sst         the last file that was read; absent before the first and at the end
 * damaged table/000120.sst /data/rocksdb/000120.sst is damaged: ...
 * </pre>
 *
 * @param began when the pass began
 * @param after the place of the last file that was read; absent when the pass is done
 * @param damaged what is wrong, by the places of files
 */
record ScrubState(Instant began, Optional<String> after, SortedMap<String, String> damaged) {
  private static final Logger LOG = LoggerFactory.getLogger(ScrubState.class);
  private static final String BEGAN = "began ";
  private static final String AFTER = "after ";
  private static final String DAMAGED = "damaged ";

  /** The most damaged files whose state is stored. */
  private static final int MAX_DAMAGED = 10_000;

  ScrubState {
    damaged = Collections.unmodifiableSortedMap(new TreeMap<>(damaged));
  }

  /** Begins a pass; damage counts until its file is read again. */
  ScrubState begin(Instant now) {
    return new ScrubState(now, Optional.of(""), damaged);
  }

  /** Returns the state after a file was read. */
  ScrubState read(String place, Optional<String> damage) {
    SortedMap<String, String> next = new TreeMap<>(damaged);
    next.remove(place);
    damage.filter(_ -> next.size() < MAX_DAMAGED).ifPresent(what -> next.put(place, oneLine(what)));
    return new ScrubState(began, Optional.of(place), next);
  }

  /** Returns the state at the end of a pass: damage counts in files that are still there. */
  ScrubState end(Predicate<String> isThere) {
    SortedMap<String, String> next = new TreeMap<>(damaged);
    next.keySet().removeIf(isThere.negate());
    return new ScrubState(began, Optional.empty(), next);
  }

  private static String oneLine(String what) {
    return what.replaceAll("\\R", " ");
  }

  /** Reads a state; one that cannot be read is as good as none. */
  static ScrubState load(Path file) {
    ScrubState never = new ScrubState(Instant.EPOCH, Optional.empty(), new TreeMap<>());
    if (!Files.exists(file)) {
      return never;
    }
    try {
      return parse(Files.readAllLines(file));
    } catch (IOException | DateTimeException | IllegalArgumentException broken) {
      LOG.warn("{} cannot be read, so all files are read again: {}", file, broken.getMessage());
      return never;
    }
  }

  private static ScrubState parse(List<String> lines) {
    Optional<Instant> began = Optional.empty();
    Optional<String> after = Optional.empty();
    SortedMap<String, String> damaged = new TreeMap<>();
    for (String line : lines) {
      if (line.startsWith(BEGAN)) {
        began = Optional.of(Instant.parse(line.substring(BEGAN.length())));
      } else if (line.startsWith(AFTER)) {
        after = Optional.of(line.substring(AFTER.length()));
      } else if (line.startsWith(DAMAGED)) {
        String[] parts = line.substring(DAMAGED.length()).split(" ", 2);
        damaged.put(parts[0], parts.length == 2 ? parts[1] : "");
      }
    }
    return new ScrubState(
        began.orElseThrow(() -> new IllegalArgumentException("it has no beginning")),
        after,
        damaged);
  }

  /** Stores the state. It need not survive a power loss: then some files are read twice. */
  void store(Path file) {
    List<String> lines = new ArrayList<>();
    lines.add(BEGAN + began);
    after.ifPresent(place -> lines.add(AFTER + place));
    for (Map.Entry<String, String> each : damaged.entrySet()) {
      lines.add(DAMAGED + each.getKey() + " " + each.getValue());
    }
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(draft, lines);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      LOG.warn("{} cannot be written: {}", file, failure.getMessage());
    }
  }
}
