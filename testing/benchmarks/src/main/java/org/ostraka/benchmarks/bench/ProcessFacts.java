package org.ostraka.benchmarks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The system's counters of a process, from its files below {@code /proc}; empty where there are
 * none. Immutable.
 */
record ProcessFacts(Path files) {
  /** Linux reports times to programs in hundredths of a second, whatever the kernel's own tick. */
  private static final long NANOS_PER_TICK = 10_000_000;

  /** The field of the user time, counted from 0 after the command's closing bracket. */
  private static final int USER_TIME = 11;

  private static final int SYSTEM_TIME = 12;
  private static final long KIB = 1024;

  static ProcessFacts of(long pid) {
    return new ProcessFacts(Path.of("/proc", Long.toString(pid)));
  }

  /** Returns the processor time of all threads so far. */
  Optional<Duration> cpu() {
    return text("stat").map(ProcessFacts::cpuOf);
  }

  /** Returns the resident memory now. */
  OptionalLong residentBytes() {
    OptionalLong kib = number("status", "VmRSS:");
    return kib.isPresent() ? OptionalLong.of(kib.getAsLong() * KIB) : kib;
  }

  /** Returns the bytes that the system has written to disks for the process so far. */
  OptionalLong writtenBytes() {
    return number("io", "write_bytes:");
  }

  private static Duration cpuOf(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    return Duration.ofNanos(ticks * NANOS_PER_TICK);
  }

  private OptionalLong number(String file, String name) {
    return text(file).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst();
  }

  private Optional<String> text(String file) {
    try {
      return Optional.of(Files.readString(files.resolve(file)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
