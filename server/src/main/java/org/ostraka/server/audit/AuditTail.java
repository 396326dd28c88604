package org.ostraka.server.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the last file of a log ends. Immutable.
 *
 * @param position the last line
 * @param lastSealNumber the number of the last seal in the file; -1 if it has none
 * @param lastSealAt the number of the line of that seal; 0 if it has none
 */
record AuditTail(AuditFiles.Position position, long lastSealNumber, long lastSealAt) {
  private static final Logger LOG = LoggerFactory.getLogger(AuditTail.class);

  /** The end of a log without lines. */
  static final AuditTail EMPTY =
      new AuditTail(new AuditFiles.Position(0, ChainLine.NO_HASH), -1, 0);

  /** Reads the last file, and cuts off a line that a crash left incomplete. */
  static AuditTail repair(Path directory, Path file) throws IOException, AuditException {
    AuditTail tail = EMPTY;
    long wholeBytes;
    boolean torn;
    try (LineReader lines = new LineReader(file)) {
      byte[] line = lines.next();
      while (line != null && lines.lastWasWhole()) {
        tail = tail.after(line, file);
        line = lines.next();
      }
      torn = !lines.lastWasWhole();
      wholeBytes = lines.wholeBytes();
    }
    if (torn) {
      LOG.warn("cut off the incomplete last line of {}", file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(wholeBytes);
        channel.force(true);
      }
    }
    return tail.isEmpty() ? beforeFirst(directory, file) : tail;
  }

  private boolean isEmpty() {
    return position.sequence() == 0;
  }

  private AuditTail after(byte[] line, Path file) throws AuditException {
    ChainLine read =
        ChainLine.parse(new String(line, StandardCharsets.UTF_8))
            .orElseThrow(() ->
                new AuditException(
                    file + " has a line that is none of an audit log; see: ostraka audit verify"));
    Optional<ChainLine.Seal> seal = read.seal();
    return new AuditTail(
        new AuditFiles.Position(read.sequence(), ChainLine.hash(line)),
        seal.map(ChainLine.Seal::number).orElse(lastSealNumber),
        seal.isPresent() ? read.sequence() : lastSealAt);
  }

  /** A new file without lines continues after the last line of the file before. */
  private static AuditTail beforeFirst(Path directory, Path file)
      throws IOException, AuditException {
    Optional<Path> before =
        AuditDirectory.files(directory).stream()
            .filter(other -> AuditDirectory.first(other) < AuditDirectory.first(file))
            .reduce((_, later) -> later);
    return before.isPresent() ? repair(directory, before.get()) : EMPTY;
  }
}
