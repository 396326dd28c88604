package org.ostraka.storage.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.model.Bytes;
import org.ostraka.storage.StorageFailedException;

/**
 * An archive in a directory, with a file for each object. Any thread.
 *
 * <p>A file is written under another name, synced, renamed, and its directory synced. What a crash
 * leaves of files that were being written is removed when the archive is opened. The directories
 * that it makes are for their owner alone, as the data directory is.
 */
public final class DirectoryArchive implements Archive {
  /** Ends the names of files that are being written; no object's name ends so. */
  private static final String UNFINISHED = ".unfinished~";

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
  public static DirectoryArchive open(Path root) {
    DirectoryArchive archive = new DirectoryArchive(root);
    try {
      makeDirectories(root);
      for (Path file : archive.files()) {
        if (file.toString().endsWith(UNFINISHED)) {
          Files.delete(file);
        }
      }
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
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try {
      Path directory = parent(file);
      makeDirectories(directory);
      write(unfinished, content);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
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
      Path unfinished = Files.createTempFile(directory, file.getFileName().toString(), UNFINISHED);
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
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
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
    try {
      return files().stream()
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.startsWith(prefix) && ObjectName.isLegal(name))
          .sorted()
          .toList();
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

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
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
