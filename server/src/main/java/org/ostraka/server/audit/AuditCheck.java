package org.ostraka.server.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies an audit log: finds lines that were changed, removed, put elsewhere or cut off. One
 * thread.
 */
public final class AuditCheck {
  private static final int MAX_PROBLEMS = 100;

  private final List<String> problems = new ArrayList<>();
  private final Optional<SealKey> first;
  private long lines;
  private long previousSequence;
  private String previousHash = ChainLine.NO_HASH;
  private long seals;
  private long nextSeal = -1;
  private long lastSealedLine;
  private boolean hashIsKnown = true;

  private AuditCheck(Optional<SealKey> first) {
    this.first = first;
  }

  /**
   * What was found.
   *
   * @param problems what is wrong; empty for a sound log
   * @param lines the number of lines
   * @param seals the number of seals
   * @param unsealed the lines after the last seal, which could be cut off without a trace
   * @param sealsVerified whether the key was given with which seals can be verified
   */
  public record Report(
      List<String> problems, long lines, long seals, long unsealed, boolean sealsVerified) {
    /** Copies the problems. */
    public Report {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads all files of a log.
   *
   * @param firstKey the file of the first key of the seals, if the operator has it
   */
  public static Report run(Path directory, Optional<Path> firstKey)
      throws IOException, AuditException {
    Optional<SealKey> first = Optional.empty();
    if (firstKey.isPresent()) {
      first = SealKey.read(firstKey.get());
      if (first.isEmpty()) {
        throw new AuditException(firstKey.get() + " does not exist");
      }
    }
    AuditCheck check = new AuditCheck(first);
    List<Path> files = AuditDirectory.files(directory);
    check.beginWith(files);
    for (Path file : files) {
      check.file(file, file.equals(files.getLast()));
    }
    check.end(directory);
    return new Report(
        check.problems,
        check.lines,
        check.seals,
        check.previousSequence - check.lastSealedLine,
        first.isPresent());
  }

  /** Files that were old may have been removed. The name of the first one says where it begins. */
  private void beginWith(List<Path> files) {
    if (!files.isEmpty()) {
      previousSequence = AuditDirectory.first(files.getFirst()) - 1;
      hashIsKnown = previousSequence == 0;
    }
  }

  private void file(Path file, boolean isLast) throws IOException {
    try (LineReader reader = new LineReader(file)) {
      long number = 0;
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        number++;
        String place = file.getFileName() + ":" + number;
        if (!reader.lastWasWhole()) {
          problem(place, isLast ? "the last line is incomplete" : "the line is incomplete");
        } else {
          line(place, line);
        }
      }
    }
  }

  private void line(String place, byte[] bytes) {
    lines++;
    String hash = ChainLine.hash(bytes);
    Optional<ChainLine> parsed = ChainLine.parse(new String(bytes, StandardCharsets.UTF_8));
    if (parsed.isEmpty()) {
      problem(place, "the line is none of an audit log");
      previousSequence++;
      previousHash = hash;
      hashIsKnown = true;
      return;
    }
    ChainLine line = parsed.get();
    compare(place, line);
    line.seal().ifPresent(seal -> seal(place, line, seal));
    previousSequence = line.sequence();
    previousHash = hash;
    hashIsKnown = true;
  }

  private void compare(String place, ChainLine line) {
    long expected = previousSequence + 1;
    if (line.sequence() > expected) {
      problem(place, "lines " + expected + " to " + (line.sequence() - 1) + " are missing");
    } else if (line.sequence() < expected) {
      problem(place, "line " + line.sequence() + " stands after line " + previousSequence);
    } else if (hashIsKnown && !line.previousHash().equals(previousHash)) {
      problem(place, "line " + previousSequence + ", the one before, was changed");
    }
  }

  private void seal(String place, ChainLine line, ChainLine.Seal seal) {
    seals++;
    lastSealedLine = line.sequence();
    if (nextSeal >= 0 && seal.number() != nextSeal) {
      problem(place, "seal " + nextSeal + " is missing");
    }
    nextSeal = seal.number() + 1;
    if (first.isPresent()) {
      SealKey key = first.get();
      while (key.number() < seal.number()) {
        key = key.next();
      }
      if (!key.seal(line.sequence(), line.previousHash()).equals(seal.code())) {
        problem(place, "seal " + seal.number() + " was not made with the log's key");
      }
    }
  }

  /** The key of the next seal says how many seals there have to be. */
  private void end(Path directory) throws IOException, AuditException {
    Optional<SealKey> current = SealKey.load(directory);
    if (current.isEmpty()) {
      problem(directory.toString(), "seal.key is missing");
    } else if (Math.max(0, nextSeal) < current.get().number()) {
      problem(
          directory.toString(),
          "the log is cut off: it ends before seal " + (current.get().number() - 1));
    }
  }

  private void problem(String place, String what) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(place + ": " + what);
    }
  }
}
