package org.ostraka.analytics;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.ostraka.cli.analytics.AnalyticsException;

/**
 * A directory that is being filled and gets its name when it is complete. It is locked meanwhile:
 * two exports into one directory would mix their files. What a process that was killed has left of
 * it is removed by the next one. One thread.
 */
final class UnfinishedDirectory implements AutoCloseable {
  /** Ends the name of a directory that is being filled. */
  private static final String UNFINISHED = ".unfinished~";

  private static final String LOCK = "lock";

  private final Path directory;
  private final Path unfinished;
  private final FileChannel lock;
  private boolean isFinished;

  private UnfinishedDirectory(Path directory, Path unfinished, FileChannel lock) {
    this.directory = directory;
    this.unfinished = unfinished;
    this.lock = lock;
  }

  /**
   * Makes the directory, empty.
   *
   * @param directory the name that it gets
   * @throws FileAlreadyExistsException when there is one of this name
   * @throws AnalyticsException when another process is filling it
   */
  static UnfinishedDirectory of(Path directory) throws IOException {
    requireAbsent(directory);
    Path unfinished = directory.resolveSibling(directory.getFileName() + UNFINISHED);
    Files.createDirectories(unfinished);
    FileChannel lock =
        FileChannel.open(
            unfinished.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean isReady = false;
    try {
      if (!isLocked(lock)) {
        throw new AnalyticsException(directory + " is being written by another export");
      }
      // The one that had the lock before may have given the directory its name.
      requireAbsent(directory);
      empty(unfinished);
      isReady = true;
      return new UnfinishedDirectory(directory, unfinished, lock);
    } finally {
      if (!isReady) {
        lock.close();
      }
    }
  }

  private static void requireAbsent(Path directory) throws FileAlreadyExistsException {
    if (Files.exists(directory)) {
      throw new FileAlreadyExistsException(directory.toString());
    }
  }

  private static boolean isLocked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      // Another export of this process has it.
      return false;
    }
  }

  private static void empty(Path unfinished) throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.list(unfinished)) {
      left = files.filter(file -> !file.endsWith(LOCK)).toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }

  Path path() {
    return unfinished;
  }

  /** Gives the directory its name. */
  void finish() throws IOException {
    Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    isFinished = true;
    Files.delete(directory.resolve(LOCK));
  }

  /** Removes the directory unless it has its name. */
  @Override
  public void close() throws IOException {
    try (lock) {
      if (!isFinished) {
        empty(unfinished);
        Files.delete(unfinished.resolve(LOCK));
        Files.delete(unfinished);
      }
    }
  }
}
