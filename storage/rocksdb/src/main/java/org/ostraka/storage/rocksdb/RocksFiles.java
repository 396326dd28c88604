package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of RocksDB's files in one directory. Immutable.
 *
 * @param directory the directory that RocksDB uses
 */
record RocksFiles(Path directory) {
  private static final Pattern LOG = Pattern.compile("([0-9]{1,18})\\.log");
  private static final Pattern CURRENT_TEXT = Pattern.compile("MANIFEST-([0-9]{1,18})\n");
  private static final int MAX_CURRENT_BYTES = 64;

  /** The file that names the MANIFEST in use. */
  Path current() {
    return directory.resolve("CURRENT");
  }

  Path manifest(long number) {
    return directory.resolve("MANIFEST-%06d".formatted(number));
  }

  Path log(long number) {
    return directory.resolve("%06d.log".formatted(number));
  }

  /** The number of the MANIFEST in use; empty where CURRENT does not say it. */
  OptionalLong manifestNumber() throws IOException {
    if (Files.size(current()) > MAX_CURRENT_BYTES) {
      return OptionalLong.empty();
    }
    String text = Files.readString(current(), StandardCharsets.ISO_8859_1);
    Matcher matcher = CURRENT_TEXT.matcher(text);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /** The logs that are there, by their numbers. */
  NavigableMap<Long, Path> logs() throws IOException {
    NavigableMap<Long, Path> logs = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      files.forEach(file -> {
        Matcher matcher = LOG.matcher(file.getFileName().toString());
        if (matcher.matches()) {
          logs.put(Long.parseLong(matcher.group(1)), file);
        }
      });
    }
    return logs;
  }
}
