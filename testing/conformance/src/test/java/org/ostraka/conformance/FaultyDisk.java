package org.ostraka.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A disk under one directory that fails on demand, for a server that is started with {@link
 * #environment}. One thread uses it. It controls the library {@code faulty_disk.c} through a page
 * of shared memory; the C source explains the layout.
 */
final class FaultyDisk {

  /** A class of system calls, by its number in the C source. */
  enum Operation {
    WRITE(1),
    SYNC(2),
    READ(3);

    private final int number;

    Operation(int number) {
      this.number = number;
    }
  }

  /** An error of a call, by Linux's number. */
  enum Errno {
    EIO(5),
    ENOSPC(28);

    private final int number;

    Errno(int number) {
      this.number = number;
    }
  }

  /** Calls {@code first} to {@code last} fail, counted from 1; both are included. */
  record Fault(Operation operation, long first, long last, Errno errno) {

    static Fault once(Operation operation, long call, Errno errno) {
      return new Fault(operation, call, call, errno);
    }

    static Fault from(Operation operation, long call, Errno errno) {
      return new Fault(operation, call, Long.MAX_VALUE, errno);
    }

    @Override
    public String toString() {
      return "%s %d fails with %s %s"
          .formatted(operation, first, errno, last == first ? "once" : "for ever");
    }
  }

  private static final int SLOT = Long.BYTES;
  private static final int FAILING = 0;
  private static final int FIRST = SLOT;
  private static final int LAST = 2 * SLOT;
  private static final int ERROR = 3 * SLOT;
  private static final int FIRED = 4 * SLOT;
  private static final int SEEN = 5 * SLOT;
  private static final int PATH = 9 * SLOT;
  private static final int PATH_BYTES = 512;

  /** What was compiled once for all disks of this JVM. */
  private static @Nullable Path compiled;

  private final Path library;
  private final Path directory;
  private final Path pageFile;
  private final MappedByteBuffer page;

  private FaultyDisk(Path library, Path directory, Path pageFile, MappedByteBuffer page) {
    this.library = library;
    this.directory = directory;
    this.pageFile = pageFile;
    this.page = page;
  }

  /** Makes a disk without a fault; skips the test where there is no C compiler. */
  static FaultyDisk under(Path directory) throws IOException, InterruptedException {
    Path library = library();
    Path pageFile = Files.createTempFile(directory.getParent(), "faulty-disk", ".page");
    try (FileChannel channel =
        FileChannel.open(pageFile, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer page = channel.map(FileChannel.MapMode.READ_WRITE, 0, PATH + PATH_BYTES);
      page.order(ByteOrder.nativeOrder());
      return new FaultyDisk(library, directory.toRealPath(), pageFile, page);
    }
  }

  /** Returns the environment variables that put a process on this disk. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAULTY_DISK_DIRECTORY", directory.toString(),
        "FAULTY_DISK_PAGE", pageFile.toString());
  }

  void fail(Fault fault) {
    heal();
    page.putLong(FIRST, fault.first());
    page.putLong(LAST, fault.last());
    page.putLong(ERROR, fault.errno().number);
    page.putLong(FAILING, fault.operation().number);
  }

  /** Makes calls fail from the next one on, until {@link #heal}. */
  void failFromNowOn(Operation operation, Errno errno) {
    fail(Fault.from(operation, seen(operation) + 1, errno));
  }

  void heal() {
    page.putLong(FAILING, 0);
  }

  /** Returns the number of calls of this class so far, including failed ones. */
  long seen(Operation operation) {
    return page.getLong(SEEN + operation.number * SLOT);
  }

  long fired() {
    return page.getLong(FIRED);
  }

  /** Returns the name of the file whose call failed last; empty when none has failed. */
  String lastFailedFile() {
    byte[] bytes = new byte[PATH_BYTES];
    page.get(PATH, bytes);
    String path = new String(bytes, UTF_8);
    return path.substring(path.lastIndexOf('/') + 1, path.indexOf('\0'));
  }

  private static synchronized Path library() throws IOException, InterruptedException {
    if (compiled == null) {
      compiled = compile();
    }
    return compiled;
  }

  private static Path compile() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Commands.isFound("gcc"), "skipped: gcc is not on the PATH");
    Path module = Distribution.moduleDirectory();
    Path library = Distribution.filesDirectory().resolve("faulty_disk.so");
    Path source = module.resolve("src/test/c/faulty_disk.c");
    Commands.run(
        Map.of(),
        List.of(
            "gcc",
            "-std=c17",
            "-shared",
            "-fPIC",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-o",
            library.toString(),
            source.toString(),
            "-ldl"));
    return library;
  }
}
