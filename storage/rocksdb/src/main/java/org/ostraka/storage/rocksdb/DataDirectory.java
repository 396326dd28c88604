package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that holds one Ostraka's data, locked against every other process. One thread.
 *
 * <pre>
 * ostraka.format   "ostraka data format 3": says what the directory is, and which version wrote it;
 *                  "ostraka data format 2 to 3" while it is converted
 * ostraka.lock     locked while a process uses the directory
 * ostraka.rows     empty: says that there are rows, so that their loss is noticed
 * ostraka.durable  how far the rows are durable, so that the loss of some is noticed
 * ostraka.scrub    how far the reading of all files has come, and what was damaged
 * rocksdb/         the rows
 * given-up-1/      damaged files of the rows, as they were before an operator went on without them
 * repair/          the work of a repair; see {@link DirectoryRepair}
 * before-repair-1/ files of the rows as they were before a repair
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {
  /** The version of everything on disk that this code reads and writes. */
  public static final int FORMAT_VERSION = 3;

  private static final String FORMAT_FILE = "ostraka.format";
  private static final String WITNESS_FILE = "ostraka.durable";
  private static final String FORMAT_DRAFT = "ostraka.format.new";
  private static final String LOCK_FILE = "ostraka.lock";
  private static final String ROWS_MARKER = "ostraka.rows";
  private static final String FORMAT_PREFIX = "ostraka data format ";

  /** The version before, which this code converts. */
  private static final String OLD_VERSION = "2";

  /** What stands for the version while a directory is converted; no other code reads it. */
  private static final String CONVERTING = "2 to 3";

  private static final int MAX_FORMAT_BYTES = 100;
  private static final Set<String> LEFT_BY_A_FIRST_START = Set.of(LOCK_FILE, FORMAT_DRAFT);

  /**
   * The directories that this process has open. Where a process closes any channel of a file, all
   * its locks on that file end: whoever holds a directory must never open its lock file again.
   */
  private static final Set<Object> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final Object identity;
  private final FileChannel lockFile;

  private DataDirectory(Path path, Object identity, FileChannel lockFile) {
    this.path = path;
    this.identity = identity;
    this.lockFile = lockFile;
  }

  /** Opens the directory for use, and makes it first where there is none or an empty one. */
  public static DataDirectory open(Path path) throws DataDirectoryException {
    try {
      Files.createDirectories(path);
      refuseForeign(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      DataDirectory directory = hold(path, DataDirectory::lockAlone);
      directory.claimOrClose();
      return directory;
    } catch (IOException | UnsupportedOperationException unusable) {
      throw unusable(path, unusable);
    }
  }

  /**
   * Opens a directory that is there already, to look at; nothing in it changes, and it may be one
   * that nobody can write to.
   */
  public static DataDirectory openExisting(Path path) throws DataDirectoryException {
    try {
      if (!Files.isDirectory(path)) {
        throw new DataDirectoryException("there is no directory " + path);
      }
      refuseForeign(path);
      if (!Files.exists(path.resolve(FORMAT_FILE))) {
        throw new DataDirectoryException(path + " holds no Ostraka data");
      }
      if (isOld(path)) {
        throw new DataDirectoryException(
            path
                + " has data format "
                + version(path.resolve(FORMAT_FILE))
                + ": start a server on it, which converts it to format "
                + FORMAT_VERSION);
      }
      return hold(path, DataDirectory::lockWithReaders);
    } catch (IOException unusable) {
      throw unusable(path, unusable);
    }
  }

  /**
   * Opens a directory for a repair. Its format file may be damaged or missing if the other files
   * say that the directory is one of the present format.
   */
  static DataDirectory openToRepair(Path path) throws DataDirectoryException {
    try {
      if (!Files.isDirectory(path)) {
        throw new DataDirectoryException("there is no directory " + path);
      }
      refuseToRepair(path);
      return hold(path, DataDirectory::lockAlone);
    } catch (IOException unusable) {
      throw unusable(path, unusable);
    }
  }

  private static void refuseToRepair(Path path) throws IOException, DataDirectoryException {
    Path format = path.resolve(FORMAT_FILE);
    boolean present =
        Files.exists(path.resolve(WITNESS_FILE)) || Files.exists(path.resolve("repair"));
    String version = Files.exists(format) ? versionIfAny(format) : "";
    if (isOldVersion(version) && !present) {
      throw new DataDirectoryException(
          path + " has data format " + version + ": start a server on it, which converts it");
    }
    if (version.matches("[0-9]{1,9}") && Integer.parseInt(version) > FORMAT_VERSION) {
      throw otherVersion(path, version);
    }
    if (!version.equals(Integer.toString(FORMAT_VERSION))
        && !present
        && !Files.exists(path.resolve(ROWS_MARKER))) {
      throw new DataDirectoryException(path + " holds no Ostraka data");
    }
  }

  private static String versionIfAny(Path format) throws IOException {
    try {
      return version(format);
    } catch (DataDirectoryException _) {
      // It is longer than any that was written.
      return "";
    }
  }

  private static boolean isOldVersion(String version) {
    return version.equals(OLD_VERSION) || version.equals(CONVERTING);
  }

  Path format() {
    return path.resolve(FORMAT_FILE);
  }

  /** Whether the format file says the present format. */
  boolean hasFormat() throws IOException {
    return Files.exists(format())
        && versionIfAny(format()).equals(Integer.toString(FORMAT_VERSION));
  }

  /** Notes for good that the directory has the present format, and rows. */
  void markRepaired() throws IOException {
    writeVersion(Integer.toString(FORMAT_VERSION));
    markRows();
  }

  /** The directory in which a repair works. */
  Path repair() {
    return path.resolve("repair");
  }

  /** The file that says that the new files of a repair are complete. */
  Path wholeRepair() {
    return wholeRepair(path);
  }

  private static Path wholeRepair(Path path) {
    return path.resolve("repair").resolve("whole");
  }

  /** Refuses a directory whose repair was cut short when it exchanged files. */
  private static void refuseUnfinishedRepair(Path path) throws DataDirectoryException {
    if (Files.exists(wholeRepair(path))) {
      throw new DataDirectoryException(
          "a repair of " + path + " was cut short: run ostraka check --repair again");
    }
  }

  public Path path() {
    return path;
  }

  Path rocksdb() {
    return path.resolve("rocksdb");
  }

  Path witness() {
    return path.resolve(WITNESS_FILE);
  }

  /** Whether the directory has had rows, which are to be there still. */
  boolean isMarked() {
    return Files.exists(path.resolve(ROWS_MARKER));
  }

  /**
   * Refuses a directory that once had rows and has lost them: an empty one must not take its place
   * unnoticed.
   */
  void requireRowsIfMarked() throws DataDirectoryException {
    Path current = new RocksFiles(rocksdb()).current();
    if (isMarked() && !Files.exists(current)) {
      throw new DataDirectoryException(
          "the rows of " + path + " are missing: there is no " + current);
    }
  }

  /** Notes for good that the directory has rows. */
  void markRows() throws IOException {
    Path marker = path.resolve(ROWS_MARKER);
    if (!Files.exists(marker)) {
      Files.createFile(marker);
      sync(marker);
      sync(path);
    }
  }

  /** Lets other processes in. */
  @Override
  public void close() {
    if (!lockFile.isOpen()) {
      return;
    }
    try {
      lockFile.close();
    } catch (IOException _) {
      // The lock ends with the process at the latest, and nothing was written through this channel.
    }
    OPEN.remove(identity);
  }

  private static void refuseForeign(Path path) throws IOException, DataDirectoryException {
    refuseUnfinishedRepair(path);
    Path format = path.resolve(FORMAT_FILE);
    if (Files.exists(format)) {
      refuseOtherVersion(path, format);
      return;
    }
    try (Stream<Path> files = Files.list(path)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      // A server that makes the directory at this moment writes the format file before all others.
      if (!LEFT_BY_A_FIRST_START.containsAll(names) && !Files.exists(format)) {
        throw new DataDirectoryException(
            path
                + " is not empty and is no Ostraka data directory (it has no "
                + FORMAT_FILE
                + ")");
      }
    }
  }

  /** Returns whether the rows still have, or may still have, the format before this one. */
  boolean isOld() throws IOException, DataDirectoryException {
    return isOld(path);
  }

  private static boolean isOld(Path path) throws IOException, DataDirectoryException {
    return isOldVersion(version(path.resolve(FORMAT_FILE)));
  }

  /**
   * Notes for good that rows are to be converted, if they are old: from now on no older Ostraka
   * opens them. Before anything else of the present format is made, so that an old directory that
   * has something of it is known as damaged.
   */
  void beginConversion() throws IOException, DataDirectoryException {
    if (version(path.resolve(FORMAT_FILE)).equals(OLD_VERSION)) {
      writeVersion(CONVERTING);
    }
  }

  /** Notes for good that all rows have this code's format. */
  void endConversion() throws IOException {
    writeVersion(Integer.toString(FORMAT_VERSION));
  }

  /** The format file is named, since it may be what is damaged. */
  private static DataDirectoryException otherVersion(Path path, String version) {
    return new DataDirectoryException(
        "%s has data format %s, as %s says; this Ostraka reads format %d"
            .formatted(path, version, FORMAT_FILE, FORMAT_VERSION));
  }

  private static void refuseOtherVersion(Path path, Path format)
      throws IOException, DataDirectoryException {
    String version = version(format);
    if (version.equals(OLD_VERSION) && Files.exists(path.resolve(WITNESS_FILE))) {
      throw new DataDirectoryException(
          format
              + " is damaged: it says data format "
              + OLD_VERSION
              + ", and there is "
              + WITNESS_FILE
              + ", which only later formats have");
    }
    if (isOld(path)) {
      return;
    }
    if (!version.matches("[0-9]{1,9}")) {
      throw new DataDirectoryException(format + " does not say which format the data has");
    }
    if (Integer.parseInt(version) != FORMAT_VERSION) {
      throw otherVersion(path, version);
    }
  }

  private static String version(Path format) throws IOException, DataDirectoryException {
    if (Files.size(format) > MAX_FORMAT_BYTES) {
      throw new DataDirectoryException(format + " does not say which format the data has");
    }
    String text = Files.readString(format, StandardCharsets.ISO_8859_1).strip();
    return text.startsWith(FORMAT_PREFIX) ? text.substring(FORMAT_PREFIX.length()) : "";
  }

  /** A way to lock a directory: the locked channel, or null when another process has it. */
  @FunctionalInterface
  private interface Locking {
    @Nullable FileChannel lock(Path path) throws IOException;
  }

  private static DataDirectory hold(Path path, Locking locking)
      throws IOException, DataDirectoryException {
    Object identity = identity(path);
    if (!OPEN.add(identity)) {
      throw inUse(path);
    }
    boolean held = false;
    try {
      FileChannel lockFile = locking.lock(path);
      if (lockFile == null) {
        throw inUse(path);
      }
      held = true;
      return new DataDirectory(path, identity, lockFile);
    } finally {
      if (!held) {
        OPEN.remove(identity);
      }
    }
  }

  /** What tells a directory from all others, whichever way leads to it. */
  private static Object identity(Path path) throws IOException {
    Object fileKey = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return fileKey == null ? path.toRealPath() : fileKey;
  }

  private static @Nullable FileChannel lockAlone(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    return lockedOrClosed(channel, false);
  }

  /** A directory without a lock file is a copy that no server has opened. */
  private static @Nullable FileChannel lockWithReaders(Path path) throws IOException {
    Path lockFile = path.resolve(LOCK_FILE);
    FileChannel channel =
        FileChannel.open(
            Files.exists(lockFile) ? lockFile : path.resolve(FORMAT_FILE), StandardOpenOption.READ);
    return lockedOrClosed(channel, true);
  }

  private static @Nullable FileChannel lockedOrClosed(FileChannel channel, boolean shared)
      throws IOException {
    boolean locked = false;
    try {
      locked = channel.tryLock(0, Long.MAX_VALUE, shared) != null;
      return locked ? channel : null;
    } catch (OverlappingFileLockException _) {
      return null;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static DataDirectoryException inUse(Path path) {
    return new DataDirectoryException(path + " is in use by another Ostraka process");
  }

  private void claimOrClose() throws IOException, DataDirectoryException {
    try {
      // Looked at again now that nobody else can be making the directory at the same time.
      refuseForeign(path);
      if (!Files.exists(path.resolve(FORMAT_FILE))) {
        writeVersion(Integer.toString(FORMAT_VERSION));
      }
    } catch (IOException | DataDirectoryException unusable) {
      close();
      throw unusable;
    }
  }

  /** Writes the format file so that a crash leaves all of it or none. */
  private void writeVersion(String version) throws IOException {
    Path draft = path.resolve(FORMAT_DRAFT);
    Files.writeString(draft, FORMAT_PREFIX + version + "\n");
    sync(draft);
    Files.move(draft, path.resolve(FORMAT_FILE), StandardCopyOption.ATOMIC_MOVE);
    sync(path);
    syncParent(path);
  }

  /** Makes the names in the directory of a file durable. */
  static void syncParent(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      sync(parent);
    }
  }

  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static DataDirectoryException unusable(Path path, Exception cause) {
    return new DataDirectoryException(
        "the data directory " + path + " cannot be used: " + describe(cause), cause);
  }

  /** What a file system's exception means: its message is often nothing but the path. */
  static String describe(Exception cause) {
    return switch (cause) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "a file is in its place";
      case NotDirectoryException _ -> "a file is in its place";
      case NoSuchFileException _ -> "it cannot be made";
      default -> String.valueOf(cause.getMessage());
    };
  }
}
