package org.ostraka.storage.rocksdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Table files and logs of a damaged directory as one database to read from: a directory of links
 * with a MANIFEST of its own, which lists these table files and no others. One thread.
 *
 * <p>All table files are in the first level, where their keys may overlap, and have no bounds:
 * RocksDB then finds the newest entry of a key by its sequence number alone.
 */
final class SalvageView implements AutoCloseable {
  private static final String COMPARATOR = "leveldb.BytewiseComparator";

  /** Greater than every sequence number that is in use. */
  private static final long LAST_SEQUENCE = 1L << 55;

  /** The type of an entry that has a value. */
  private static final long PUT = 1;

  private static final byte[] LEAST = new byte[0];
  private static final byte[] GREATEST = {(byte) 0xFF};

  private final OpenRocks open;

  private SalvageView(OpenRocks open) {
    this.open = open;
  }

  /**
   * Makes a view and opens it.
   *
   * @param path the directory to make
   * @param tables table files that can be opened
   * @param logs logs that are sound
   */
  static SalvageView open(
      Path path, Collection<Path> tables, Collection<Path> logs, SalvageOpening opening)
      throws IOException, DataDirectoryException {
    Files.createDirectory(path);
    long logBytes = 0;
    for (Path log : logs) {
      link(path, log);
      logBytes += Files.size(log);
    }
    for (Path table : tables) {
      link(path, table);
    }
    writeManifest(path, tables);
    try {
      return new SalvageView(
          BoundedOpening.open(
              options ->
                  RocksDB.openReadOnly(
                      options.readOnly().setForceConsistencyChecks(false), path.toString()),
              () -> RocksOptions.of(opening.settings(), false),
              BoundedOpening.limit(logBytes),
              opening.daemons(),
              opening.directory()));
    } catch (RocksDBException failure) {
      throw new DataDirectoryException(
          "what is sound in "
              + opening.directory().path()
              + " cannot be opened: "
              + failure.getMessage(),
          failure);
    }
  }

  RocksDB database() {
    return open.database();
  }

  @Override
  public void close() {
    open.close();
  }

  private static void link(Path view, Path file) throws IOException {
    Files.createSymbolicLink(view.resolve(file.getFileName()), file.toAbsolutePath());
  }

  private static void writeManifest(Path path, Collection<Path> tables) throws IOException {
    long number = 1;
    for (Path table : tables) {
      number = Math.max(number, RocksFiles.number(table) + 1);
    }
    RocksFiles files = new RocksFiles(path);
    try (LogFileWriter manifest = LogFileWriter.create(files.manifest(number))) {
      Edit head = new Edit();
      head.number(1).text(COMPARATOR.getBytes(StandardCharsets.US_ASCII));
      head.number(2).number(0).number(3).number(number + 1).number(4).number(LAST_SEQUENCE);
      manifest.add(head.bytes());
      for (Path table : tables) {
        manifest.add(edit(table));
      }
    }
    Files.writeString(files.current(), "MANIFEST-%06d\n".formatted(number));
  }

  /** Adds a table file without an upper or lower bound ("kNewFile2" in RocksDB's sources). */
  private static byte[] edit(Path table) throws IOException {
    Edit edit = new Edit();
    edit.number(100).number(0).number(RocksFiles.number(table)).number(Files.size(table));
    edit.text(internal(LEAST, LAST_SEQUENCE)).text(internal(GREATEST, 0));
    return edit.number(0).number(LAST_SEQUENCE - 1).bytes();
  }

  /**
   * Returns a key with a sequence number and a type behind it; the greatest of these come first.
   */
  private static byte[] internal(byte[] key, long sequence) {
    Edit internal = new Edit();
    internal.out.writeBytes(key);
    long rest = (sequence << Byte.SIZE) | PUT;
    for (int i = 0; i < Long.BYTES; i++) {
      internal.out.write((int) (rest >>> (i * Byte.SIZE)));
    }
    return internal.bytes();
  }

  /** The fields of an edit, as {@link ManifestState} reads them. */
  private static final class Edit {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Edit number(long number) {
      long rest = number;
      while (rest >>> 7 != 0) {
        out.write((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
      return this;
    }

    Edit text(byte[] bytes) {
      number(bytes.length).out.writeBytes(bytes);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
