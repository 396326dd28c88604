package org.ostraka.transfer.bucket;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.ostraka.model.Bytes;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.archive.ConditionalPut;

/**
 * Buckets that are directories in one directory, with a file for each object. Any thread.
 *
 * <p>A bucket exists when its directory does. They belong to every account. The files and
 * directories that are made in them are for their owner alone, as the data directory is. A part of
 * a key that cannot be the name of a file, such as {@code ..}, is the hexadecimal form of its UTF-8
 * behind {@code %%}, so no key leads out of its bucket.
 */
public final class DirectoryBuckets implements Buckets {
  /** Ends the names of files that are being written. */
  private static final String UNFINISHED = ".unfinished~";

  private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final FileAttribute<?> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final String SPELLED = "%%";
  private static final int MAX_NAME_BYTES = 255;

  private final Path root;

  /**
   * Makes buckets.
   *
   * @param root the directory of all buckets, which need not exist
   */
  public DirectoryBuckets(Path root) {
    this.root = root;
  }

  @Override
  public String put(BucketName bucket, String key, Bytes content) {
    Path file = file(bucket, key);
    try {
      Path directory = parent(file);
      Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
      Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
      try {
        write(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
      sync(directory);
    } catch (IOException failure) {
      throw failed(bucket, "written", failure);
    }
    return Digests.etag(content.array());
  }

  @Override
  public ConditionalPut putIfAbsent(BucketName bucket, String key, Bytes content) {
    Path file = file(bucket, key);
    try {
      Path directory = parent(file);
      Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
      Path unfinished = Files.createTempFile(directory, "", UNFINISHED, OWNER_ONLY_FILE);
      try {
        write(unfinished, content);
        return linked(unfinished, file);
      } finally {
        Files.deleteIfExists(unfinished);
        sync(directory);
      }
    } catch (IOException failure) {
      throw failed(bucket, "written", failure);
    }
  }

  /** Gives a file its name by a link, which, other than a rename, never replaces a file. */
  private static ConditionalPut linked(Path unfinished, Path file) throws IOException {
    try {
      Files.createLink(file, unfinished);
      return ConditionalPut.STORED;
    } catch (FileAlreadyExistsException _) {
      return ConditionalPut.EXISTS;
    }
  }

  private static void write(Path file, Bytes content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            OWNER_ONLY_FILE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content.array());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  @Override
  public List<Listed> list(BucketName bucket, String prefix, Optional<String> after) {
    Path directory = directory(bucket);
    List<Listed> found = new ArrayList<>();
    try {
      eachFile(
          directory,
          (file, attributes) -> {
            String key = key(directory.relativize(file));
            boolean isWanted =
                key.startsWith(prefix) && after.filter(last -> key.compareTo(last) <= 0).isEmpty();
            if (isWanted && !key.endsWith(UNFINISHED) && attributes.isRegularFile()) {
              found.add(listed(key, attributes));
            }
          });
    } catch (IOException failure) {
      throw failed(bucket, "listed", failure);
    }
    return found.stream().sorted(Comparator.comparing(Listed::key)).limit(MAX_LISTED).toList();
  }

  /**
   * Visits all files. Those that vanish meanwhile are skipped: unfinished ones get their names, and
   * objects are removed.
   */
  private static void eachFile(Path directory, BiConsumer<Path, BasicFileAttributes> work)
      throws IOException {
    Files.walkFileTree(
        directory,
        Set.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            work.accept(file, attributes);
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

  private static Listed listed(String key, BasicFileAttributes attributes) {
    return new Listed(
        key, attributes.size(), attributes.size() + "-" + attributes.lastModifiedTime());
  }

  @Override
  public InputStream read(BucketName bucket, String key) {
    try {
      return Files.newInputStream(file(bucket, key));
    } catch (NoSuchFileException | FileNotFoundException _) {
      throw BucketException.noSuchKey();
    } catch (IOException failure) {
      throw failed(bucket, "read", failure);
    }
  }

  @Override
  public InputStream read(BucketName bucket, Listed object) {
    InputStream opened = read(bucket, object.key());
    try {
      // A file is replaced and not written to, so what is open stays as it is.
      if (isThere(bucket, object)) {
        return opened;
      }
      opened.close();
    } catch (IOException failure) {
      throw failed(bucket, "read", failure);
    }
    throw BucketException.replaced(object.key());
  }

  private boolean isThere(BucketName bucket, Listed object) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file(bucket, object.key()), BasicFileAttributes.class);
      return listed(object.key(), attributes).equals(object);
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /** Returns what a failure comes to: most pass, and some stay until an operator does something. */
  private static RuntimeException failed(BucketName bucket, String what, IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> BucketException.accessDenied();
      case FileAlreadyExistsException _, NotDirectoryException _ ->
          new BucketException(
              "S3InvalidArgument", "The key has an object's name where it needs a directory");
      case FileSystemLoopException _ ->
          new BucketException(
              "S3InvalidArgument", "The bucket has links that lead round in circles");
      default ->
          new StorageFailedException(
              "bucket " + bucket.name() + " cannot be " + what + ": " + failure.getMessage(),
              failure);
    };
  }

  @Override
  public void delete(BucketName bucket, String key) {
    Path file = file(bucket, key);
    try {
      if (Files.deleteIfExists(file)) {
        sync(parent(file));
      }
    } catch (IOException failure) {
      throw failed(bucket, "changed", failure);
    }
  }

  private Path directory(BucketName bucket) {
    if (bucket.name().contains("/") || !Files.isDirectory(root.resolve(bucket.name()))) {
      throw BucketException.noSuchBucket();
    }
    return root.resolve(bucket.name());
  }

  private Path file(BucketName bucket, String key) {
    Path file = directory(bucket);
    try {
      for (String part : key.split("/", -1)) {
        file = file.resolve(spelled(part));
      }
    } catch (InvalidPathException _) {
      throw new BucketException("InvalidArgument", "The key has characters that no file can have");
    }
    return file;
  }

  private static String spelled(String part) {
    boolean isPlain =
        !part.isEmpty() && !part.equals(".") && !part.equals("..") && !part.startsWith(SPELLED);
    String name =
        isPlain ? part : SPELLED + HexFormat.of().formatHex(part.getBytes(StandardCharsets.UTF_8));
    if (name.getBytes(StandardCharsets.UTF_8).length + UNFINISHED.length() > MAX_NAME_BYTES) {
      throw new BucketException("KeyTooLongError", "A part of the key is too long for a file");
    }
    return name;
  }

  private static String key(Path relative) {
    return Arrays.stream(relative.toString().replace('\\', '/').split("/", -1))
        .map(DirectoryBuckets::unspelled)
        .collect(Collectors.joining("/"));
  }

  private static String unspelled(String name) {
    if (!name.startsWith(SPELLED)) {
      return name;
    }
    try {
      byte[] part = HexFormat.of().parseHex(name.substring(SPELLED.length()));
      return new String(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      // A file that somebody else has put here.
      return name;
    }
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
