package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary directory that shows RocksDB's files as they are to be read: links to those that are
 * sound, and copies of the sound bytes of those whose last record is torn. Whoever looks must not
 * cut the files themselves, and RocksDB does not read every torn file as what it is. One thread.
 */
final class CutView implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CutView.class);

  private final Path path;

  private CutView(Path path) {
    this.path = path;
  }

  static CutView of(RocksFiles files, List<Inspection.Torn> torn) throws IOException {
    CutView view = new CutView(Files.createTempDirectory("ostraka-check"));
    try (Stream<Path> all = Files.list(files.directory().toAbsolutePath())) {
      for (Path file : all.toList()) {
        Files.createSymbolicLink(view.path.resolve(file.getFileName()), file);
      }
      for (Inspection.Torn file : torn) {
        view.copy(file);
      }
      return view;
    } catch (IOException failure) {
      view.close();
      throw failure;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(path);
    } catch (IOException failure) {
      LOG.warn("{} could not be removed: {}", path, failure.getMessage());
    }
  }

  private void copy(Inspection.Torn torn) throws IOException {
    Path copy = path.resolve(torn.file().getFileName());
    Files.delete(copy);
    try (FileChannel from = FileChannel.open(torn.file(), StandardOpenOption.READ);
        FileChannel to =
            FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long copied = 0;
      while (copied < torn.soundBytes()) {
        copied += from.transferTo(copied, torn.soundBytes() - copied, to);
      }
    }
  }
}
