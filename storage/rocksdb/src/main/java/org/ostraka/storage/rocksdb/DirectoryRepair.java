package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.volume.Loss;
import org.ostraka.storage.volume.Salvage;
import org.ostraka.storage.volume.Volume;
import org.ostraka.storage.volume.VolumeFullException;

/**
 * The repair of a data directory whose files are damaged. The whole rows are written to new files
 * beside the old ones, which take their place at the end. One thread.
 *
 * <pre>
 * repair/files/     links to files that can be read
 * repair/data/      the new files, a data directory of their own
 * repair/whole      says that the new files are complete, and where the old ones are kept
 * before-repair-1/  the old files, and the report
 * </pre>
 *
 * <p>Until {@code repair/whole} is there, no old file is touched, and a repair that was cut short
 * begins again. After that a repair that was cut short is ended by the next one, and no server
 * opens the directory before.
 */
public final class DirectoryRepair implements AutoCloseable {
  private static final String REPORT = "report.txt";
  private static final List<String> REPLACED = List.of("ostraka.durable", "rocksdb");

  private final DataDirectory directory;
  private final boolean ended;

  private DirectoryRepair(DataDirectory directory, boolean ended) {
    this.directory = directory;
    this.ended = ended;
  }

  /**
   * Locks a directory, also one whose {@code ostraka.format} is damaged, and ends a repair of it
   * that was cut short when its new files were complete.
   */
  public static DirectoryRepair begin(Path path) throws DataDirectoryException {
    DataDirectory directory = DataDirectory.openToRepair(path);
    boolean begun = false;
    try {
      boolean ended = Files.exists(directory.wholeRepair());
      if (ended) {
        exchange(directory);
      }
      delete(directory.repair());
      begun = true;
      return new DirectoryRepair(directory, ended);
    } catch (IOException failure) {
      throw failed(directory, failure);
    } finally {
      if (!begun) {
        directory.close();
      }
    }
  }

  /** Returns whether this has ended a repair that was cut short. */
  public boolean hasEndedAnother() {
    return ended;
  }

  /** Returns what is wrong with the format file, if anything is. */
  public Optional<String> formatDamage() throws DataDirectoryException {
    try {
      return directory.hasFormat()
          ? Optional.empty()
          : Optional.of(directory.format() + " is damaged or missing");
    } catch (IOException failure) {
      throw failed(directory, failure);
    }
  }

  public DataDirectory directory() {
    return directory;
  }

  /** A new volume, what it was made of, and what is lost. */
  public record Salvaged(Volume volume, DataDirectory data, List<Loss> losses, Salvage.Result kept)
      implements AutoCloseable {
    public Salvaged {
      losses = List.copyOf(losses);
    }

    @Override
    public void close() {
      volume.close();
      data.close();
    }
  }

  /** Writes everything that is whole to new files. */
  public Salvaged salvage(RocksSettings settings, VolumeThreads threads)
      throws DataDirectoryException {
    Path work = directory.repair().resolve("files");
    try {
      Files.createDirectories(work);
      DataDirectory data = DataDirectory.open(directory.repair().resolve("data"));
      boolean opened = false;
      try {
        RocksVolume volume = RocksVolume.open(data, settings, threads, LostWrites.REFUSE);
        Salvaged salvaged = salvage(volume, data, settings, threads, work);
        opened = true;
        return salvaged;
      } finally {
        if (!opened) {
          data.close();
        }
      }
    } catch (IOException failure) {
      throw failed(directory, failure);
    }
  }

  private Salvaged salvage(
      RocksVolume volume,
      DataDirectory data,
      RocksSettings settings,
      VolumeThreads threads,
      Path work)
      throws IOException, DataDirectoryException {
    boolean done = false;
    try {
      Salvage salvage = new Salvage(volume);
      SalvageOpening opening = new SalvageOpening(directory, settings, threads.daemons());
      List<Loss> losses = new RocksSalvage(opening, work).run(salvage);
      Salvaged salvaged = new Salvaged(volume, data, losses, salvage.finish(losses));
      done = true;
      return salvaged;
    } catch (VolumeFullException full) {
      throw new DataDirectoryException(
          "the repair of "
              + directory.path()
              + " needs room for its new files: "
              + full.getMessage(),
          full);
    } catch (StorageException failure) {
      throw new DataDirectoryException(
          "the new files of " + directory.path() + " cannot be written: " + failure.getMessage(),
          failure);
    } finally {
      if (!done) {
        volume.close();
      }
    }
  }

  /**
   * Puts the new files, which must be closed, in the place of the old ones.
   *
   * @param report what was lost
   * @return the directory in which the old files are kept, with the report
   */
  public Path exchange(String report) throws DataDirectoryException {
    try {
      Path kept = directory.path().resolve("before-repair-1");
      for (int i = 2; Files.exists(kept); i++) {
        kept = directory.path().resolve("before-repair-" + i);
      }
      Path text = directory.repair().resolve(REPORT);
      Files.writeString(text, report);
      DataDirectory.sync(text);
      Path draft = directory.repair().resolve("whole.new");
      Files.writeString(draft, kept.getFileName().toString());
      DataDirectory.sync(draft);
      Files.move(draft, directory.wholeRepair(), StandardCopyOption.ATOMIC_MOVE);
      DataDirectory.sync(directory.repair());
      DataDirectory.sync(directory.path());
      exchange(directory);
      return kept;
    } catch (IOException failure) {
      throw failed(directory, failure);
    }
  }

  /** Removes the old files but not the report. */
  public static void discard(Path kept) throws IOException {
    for (String name : REPLACED) {
      delete(kept.resolve(name));
    }
  }

  @Override
  public void close() {
    directory.close();
  }

  /** Exchanges the files. Each step is repeated without harm when it was cut short. */
  private static void exchange(DataDirectory directory) throws IOException, DataDirectoryException {
    String name = Files.readString(directory.wholeRepair(), StandardCharsets.US_ASCII);
    Path kept = directory.path().resolve(name);
    Files.createDirectories(kept);
    DataDirectory.sync(directory.path());
    Path data = directory.repair().resolve("data");
    for (String each : REPLACED) {
      Path made = data.resolve(each);
      Path old = directory.path().resolve(each);
      if (Files.exists(made)) {
        move(old, kept.resolve(each));
        move(made, old);
      }
    }
    move(directory.repair().resolve(REPORT), kept.resolve(REPORT));
    directory.markRepaired();
    Files.delete(directory.wholeRepair());
    DataDirectory.sync(directory.repair());
    delete(directory.repair());
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      DataDirectory.syncParent(to);
      DataDirectory.syncParent(from);
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(all::add);
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }

  private static DataDirectoryException failed(DataDirectory directory, IOException failure) {
    return new DataDirectoryException(
        "the repair of "
            + directory.path()
            + " failed: "
            + Optional.ofNullable(failure.getMessage()).orElse(failure.toString()),
        failure);
  }
}
