package org.ostraka.server.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of the files of an audit log. Stateless. */
final class AuditDirectory {
  private static final Pattern NAME =
      Pattern.compile("audit-[0-9]{8}T[0-9]{6}Z-([0-9]{12,18})\\.jsonl");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private AuditDirectory() {}

  /** Returns the name of a file that begins at a time with the line of this number. */
  static String name(Instant time, long first) {
    return String.format(Locale.ROOT, "audit-%s-%012d.jsonl", TIME.format(time), first);
  }

  /** Returns the files in the order of their lines. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(path -> NAME.matcher(path.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(AuditDirectory::first))
          .toList();
    }
  }

  /**
   * Takes a directory for this process alone: two that write to one log would cut each other's
   * lines off.
   *
   * @throws AuditException when another process has it
   */
  static FileChannel lock(Path directory) throws IOException, AuditException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException _) {
      // Another log of this process has it.
    }
    channel.close();
    throw new AuditException(directory + " is the audit log of another server");
  }

  /** Makes the names of new files durable. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Returns the number of the first line that the name of a file states. */
  static long first(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }
}
