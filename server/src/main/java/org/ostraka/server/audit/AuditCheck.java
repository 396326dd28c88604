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
  private final Optional<SealKey> current;

  /** The key of the newest seal that was verified; the first key at the beginning. */
  private Optional<SealKey> known;

  private long lines;
  private long previousSequence;
  private String previousHash = ChainLine.NO_HASH;
  private long seals;
  private long nextSeal = -1;
  private long lastSealedLine;
  private boolean hashIsKnown = true;
  private boolean beginsWithFirstLine = true;
  private boolean sealsHold = true;

  private AuditCheck(Optional<SealKey> first, Optional<SealKey> current) {
    this.first = first;
    this.known = first;
    this.current = current;
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
    // Before the files: a server that runs writes a seal before the key of the next one.
    AuditCheck check = new AuditCheck(first, SealKey.load(directory));
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
      beginsWithFirstLine = previousSequence == 0;
      hashIsKnown = beginsWithFirstLine;
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
    if (seal.number() >= line.sequence()) {
      problem(place, "seal " + seal.number() + " has a number that cannot be");
    } else if (known.isPresent() && seal.number() < known.get().number()) {
      problem(place, "seal " + seal.number() + " stands after seal " + known.get().number());
    } else if (known.isPresent()) {
      SealKey key = known.get().advancedTo(seal.number());
      known = Optional.of(key);
      if (!key.seal(line.sequence(), line.previousHash()).equals(seal.code())) {
        sealsHold = false;
        problem(place, "seal " + seal.number() + " was not made with the log's key");
      }
    }
  }

  /**
   * The key of the next seal says how many seals there have to be, and whoever has the first key
   * knows which key it is: a thief who cuts the log off can write a number, but no earlier key.
   */
  private void end(Path directory) {
    if (current.isEmpty()) {
      problem(directory.toString(), "seal.key is missing");
      return;
    }
    long number = current.get().number();
    // When old files were removed, and no seal is left, the number of seals is not known.
    boolean knowsSeals = nextSeal >= 0 || beginsWithFirstLine;
    if (number > previousSequence || (knowsSeals && Math.max(0, nextSeal) < number)) {
      problem(directory.toString(), "the log is cut off: it ends before seal " + (number - 1));
    } else if (first.isPresent() && sealsHold && !isOfThisLog(current.get())) {
      problem(directory.toString(), "seal.key is not the log's key: the log may be cut off");
    }
  }

  private boolean isOfThisLog(SealKey key) {
    SealKey given = first.orElseThrow();
    return key.number() >= given.number() && given.advancedTo(key.number()).equals(key);
  }

  private void problem(String place, String what) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(place + ": " + what);
    }
  }
}
