package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ostraka.storage.StorageFailedException;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.TableProperties;

/**
 * The table files of a data directory, each of which is verified by itself, also while a server
 * uses the directory. Any thread.
 */
public final class TableFiles {
  /** RocksDB names its table files so; other files are not its own. */
  private static final Pattern NAME = Pattern.compile("[0-9]+\\.sst");

  private final Path rocksdb;

  /** A table file. Immutable. */
  public record TableFile(Path path, long sizeBytes) {}

  /** Looks at the files of the data directory at this path. */
  public TableFiles(Path directory) {
    this.rocksdb = directory.resolve("rocksdb");
  }

  /**
   * Returns the files that have not changed since a moment, in the order of their names. RocksDB
   * never changes a file that is complete, so a moment that is some minutes old leaves out those
   * that are being written.
   *
   * @throws StorageFailedException when the directory cannot be read
   */
  public List<TableFile> unchangedSince(Instant moment) {
    List<TableFile> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(rocksdb)) {
      for (Path path : (Iterable<Path>) files::iterator) {
        if (NAME.matcher(path.getFileName().toString()).matches()) {
          attributes(path)
              .filter(file -> file.lastModifiedTime().toInstant().isBefore(moment))
              .ifPresent(file -> found.add(new TableFile(path, file.size())));
        }
      }
    } catch (IOException failure) {
      throw new StorageFailedException(
          rocksdb + " cannot be listed: " + failure.getMessage(), failure);
    }
    found.sort(Comparator.comparing(TableFile::path));
    return found;
  }

  /** Returns the attributes of a file; empty if a compaction has removed it. */
  private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
    try {
      return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /**
   * Reads a whole file and compares the checksums of its blocks.
   *
   * @return what is wrong with it; empty if nothing is, or if it is not there any more
   */
  public Optional<String> damage(TableFile file) {
    RocksDB.loadLibrary();
    try (Options options = new Options();
        SstFileReader reader = new SstFileReader(options)) {
      reader.open(file.path().toString());
      reader.verifyChecksum();
      return Optional.empty();
    } catch (RocksDBException failure) {
      return Files.exists(file.path())
          ? Optional.of(file.path() + " is damaged: " + failure.getMessage())
          : Optional.empty();
    }
  }

  /**
   * Returns why a file cannot be opened; empty if it can be. As when RocksDB opens the directory,
   * its footer, its index and its properties are read, and no block of rows.
   */
  static Optional<String> unreadable(Path table) {
    try (Options options = new Options();
        SstFileReader reader = new SstFileReader(options)) {
      open(reader, table);
      return Optional.empty();
    } catch (RocksDBException failure) {
      return Optional.of(table + " cannot be read: " + failure.getMessage());
    }
  }

  /**
   * Opens a file.
   *
   * @return how many entries it has
   */
  static long open(SstFileReader reader, Path table) throws RocksDBException {
    reader.open(table.toString());
    TableProperties properties = reader.getTableProperties();
    if (properties.getNumEntries() == 0 && properties.getNumRangeDeletions() == 0) {
      // Without its properties, RocksDB does not know how the index is written.
      throw new RocksDBException("its properties are damaged");
    }
    return properties.getNumEntries();
  }
}
