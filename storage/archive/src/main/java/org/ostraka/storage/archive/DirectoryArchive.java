package org.ostraka.storage.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.Bytes;
import org.ostraka.storage.StorageFailedException;

/**
 * An archive in a directory, with a file for each object. Any thread.
 *
 * <p>A file is written under a name that no other writer uses, synced, renamed, and its directory
 * synced. What a crash leaves of files that were being written is removed when the archive is
 * opened later than {@link #UNFINISHED_FOR} after the last write to them: other servers may use the
 * archive. The directories that it makes are for their owner alone, as the data directory is.
 */
public final class DirectoryArchive implements Archive {
  /** Ends the names of files that are being written; no object's name ends so. */
  private static final String UNFINISHED = ".unfinished~";

  /** How long a file may be unfinished that a living process writes. */
  static final Duration UNFINISHED_FOR = Duration.ofHours(1);

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path root;

  private DirectoryArchive(Path root) {
    this.root = root;
  }

  /**
   * Opens the archive; makes the directory if there is none.
   *
   * @throws StorageFailedException when the directory cannot be used
   */
  public static DirectoryArchive open(Path root, InstantSource clock) {
    DirectoryArchive archive = new DirectoryArchive(root);
    FileTime leftBefore = FileTime.from(clock.instant().minus(UNFINISHED_FOR));
    try {
      makeDirectories(root);
      archive.eachFile((file, attributes) -> {
        if (file.toString().endsWith(UNFINISHED)
            && attributes.lastModifiedTime().compareTo(leftBefore) < 0) {
          Files.deleteIfExists(file);
        }
      });
    } catch (IOException failure) {
      throw new StorageFailedException("the archive cannot be opened", failure);
    }
    return archive;
  }

  /** Opens the archive for reading only, whether or not there is a directory. */
  public static DirectoryArchive openToRead(Path root) {
    return new DirectoryArchive(root);
  }

  @Override
  public void put(String name, Bytes content) {
    Path file = fileFor(name, content);
    try {
      Path directory = parent(file);
      makeDirectories(directory);
      Path unfinished = unfinished(file, directory);
      try {
        write(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
      sync(directory);
    } catch (IOException failure) {
      throw new StorageFailedException("the archive cannot be written", failure);
    }
  }

  @Override
  public ConditionalPut putIfAbsent(String name, Bytes content) {
    Path file = fileFor(name, content);
    try {
      Path directory = parent(file);
      makeDirectories(directory);
      Path unfinished = unfinished(file, directory);
      try {
        write(unfinished, content);
        return linked(unfinished, file);
      } finally {
        Files.deleteIfExists(unfinished);
        sync(directory);
      }
    } catch (IOException failure) {
      throw new StorageFailedException("the archive cannot be written", failure);
    }
  }

  /** Makes the file for a new content of an object: two servers may write the same object. */
  private static Path unfinished(Path file, Path directory) throws IOException {
    return Files.createTempFile(directory, file.getFileName().toString(), UNFINISHED);
  }

  /** Gives a file its name by a link, which, other than a rename, never replaces a file. */
  private static ConditionalPut linked(Path unfinished, Path file) throws IOException {
    try {
      Files.createLink(file, unfinished);
      return ConditionalPut.STORED;
    } catch (FileAlreadyExistsException _) {
      return ConditionalPut.EXISTS;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      if (Files.exists(file)) {
        return ConditionalPut.EXISTS;
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return ConditionalPut.STORED_UNCHECKED;
    }
  }

  private Path fileFor(String name, Bytes content) {
    ObjectName.require(name);
    if (content.sizeBytes() > MAX_OBJECT_BYTES) {
      throw new IllegalArgumentException("an object of " + content.sizeBytes() + " bytes");
    }
    return root.resolve(name);
  }

  private static void write(Path file, Bytes content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content.array());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  @Override
  public Optional<Bytes> read(String name) {
    ObjectName.require(name);
    try {
      return Optional.of(Bytes.wrap(Files.readAllBytes(root.resolve(name))));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException failure) {
      throw new StorageFailedException("the archive cannot be read", failure);
    }
  }

  @Override
  public List<String> list(String prefix) {
    List<String> names = new ArrayList<>();
    try {
      eachFile((file, _) -> {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (name.startsWith(prefix) && ObjectName.isLegal(name)) {
          names.add(name);
        }
      });
      Collections.sort(names);
      return List.copyOf(names);
    } catch (IOException failure) {
      throw new StorageFailedException("the archive cannot be listed", failure);
    }
  }

  @Override
  public void delete(String name) {
    ObjectName.require(name);
    try {
      Files.deleteIfExists(root.resolve(name));
    } catch (IOException failure) {
      throw new StorageFailedException("an object of the archive cannot be removed", failure);
    }
  }

  /** What is done with each file. */
  @FunctionalInterface
  private interface FileWork {
    void on(Path file, BasicFileAttributes attributes) throws IOException;
  }

  /**
   * Visits all files. Those that vanish meanwhile are skipped: unfinished ones get their names, and
   * objects are removed.
   */
  private void eachFile(FileWork work) throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (Files.isRegularFile(file)) {
              work.on(file, attributes);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
  }

  /** Makes a directory and those above it, and syncs each that got a new entry. */
  private static void makeDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path above = parent(directory.toAbsolutePath());
    makeDirectories(above);
    Files.createDirectories(directory, OWNER_ONLY);
    sync(above);
  }

  private static Path parent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException("there is no directory above " + path);
    }
    return parent;
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
