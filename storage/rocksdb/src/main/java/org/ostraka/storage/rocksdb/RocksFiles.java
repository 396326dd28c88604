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
  private static final Pattern TABLE = Pattern.compile("([0-9]{1,18})\\.sst");
  private static final Pattern MANIFEST = Pattern.compile("MANIFEST-([0-9]{1,18})");
  private static final Pattern LOG = Pattern.compile("([0-9]{1,18})\\.log");
  private static final Pattern CURRENT_TEXT = Pattern.compile("MANIFEST-([0-9]{1,18})\n");
  private static final int MAX_CURRENT_BYTES = 64;

  /** The file that names the MANIFEST in use. */
  Path current() {
    return directory.resolve("CURRENT");
  }

  Path manifest(long number) {
    return directory.resolve("MANIFEST-" + sixDigits(number));
  }

  Path log(long number) {
    return directory.resolve(sixDigits(number) + ".log");
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

  Path table(long number) {
    return directory.resolve(sixDigits(number) + ".sst");
  }

  /**
   * Returns a number with at least six digits, as RocksDB writes it. {@code formatted} would load
   * the symbols of a locale at each start.
   */
  private static String sixDigits(long number) {
    String digits = Long.toString(number);
    return "0".repeat(Math.max(0, 6 - digits.length())) + digits;
  }

  /** The number of a table file. */
  static long number(Path table) {
    String name = table.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  /** The logs that are there, by their numbers. */
  NavigableMap<Long, Path> logs() throws IOException {
    return numbered(LOG);
  }

  /** The table files that are there, by their numbers. */
  NavigableMap<Long, Path> tables() throws IOException {
    return numbered(TABLE);
  }

  /** The MANIFESTs that are there, by their numbers. */
  NavigableMap<Long, Path> manifests() throws IOException {
    return numbered(MANIFEST);
  }

  private NavigableMap<Long, Path> numbered(Pattern name) throws IOException {
    NavigableMap<Long, Path> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      files.forEach(file -> {
        Matcher matcher = name.matcher(file.getFileName().toString());
        if (matcher.matches()) {
          found.put(Long.parseLong(matcher.group(1)), file);
        }
      });
    }
    return found;
  }
}
