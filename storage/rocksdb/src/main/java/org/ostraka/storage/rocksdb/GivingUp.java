package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes damaged files usable by giving up what is behind the damage. The files as they were go into
 * a directory of their own, so that nothing is destroyed. One thread.
 *
 * <pre>
 * given-up-1/   files of rocksdb/ as they were before the first time
 * </pre>
 */
final class GivingUp {
  private final RocksFiles files;
  private final Path attic;
  private final List<String> given = new ArrayList<>();

  private GivingUp(RocksFiles files, Path attic) {
    this.files = files;
    this.attic = attic;
  }

  /**
   * Gives up what one inspection found, and returns what that was, in words. Another inspection may
   * find more.
   */
  static List<String> of(DataDirectory directory, List<Damage> damages) throws IOException {
    Path attic = directory.path().resolve("given-up-1");
    for (int i = 2; Files.exists(attic); i++) {
      attic = directory.path().resolve("given-up-" + i);
    }
    GivingUp givingUp = new GivingUp(new RocksFiles(directory.rocksdb()), attic);
    for (Damage damage : damages) {
      givingUp.giveUp(damage);
    }
    return givingUp.given;
  }

  /** Cuts a file to its sound bytes. */
  static void cut(Path file, long soundBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(soundBytes);
      channel.force(true);
    }
  }

  private void giveUp(Damage damage) throws IOException {
    given.add(damage.message());
    switch (damage) {
      case Damage.Fatal fatal -> throw new IllegalArgumentException(fatal.message());
      case Damage.Missing _ -> {}
      case Damage.LogsFrom(long number, String _) -> moveLogsFrom(number);
      case Damage.Tail(Path damaged, long soundBytes, String _) -> {
        for (Map.Entry<Long, Path> log : files.logs().entrySet()) {
          if (log.getValue().equals(damaged)) {
            moveLogsFrom(log.getKey() + 1);
          }
        }
        keepBeginning(damaged, soundBytes);
      }
    }
  }

  private void moveLogsFrom(long number) throws IOException {
    for (Path log : files.logs().tailMap(number, true).values()) {
      given.add(log + " is not used");
      Files.createDirectories(attic);
      Files.move(log, attic.resolve(log.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
    syncAll();
  }

  private void keepBeginning(Path file, long soundBytes) throws IOException {
    given.add(file + " is used up to offset " + soundBytes);
    Files.createDirectories(attic);
    Files.copy(file, attic.resolve(file.getFileName()));
    DataDirectory.sync(attic.resolve(file.getFileName()));
    syncAll();
    cut(file, soundBytes);
  }

  private void syncAll() throws IOException {
    if (Files.exists(attic)) {
      DataDirectory.sync(attic);
      DataDirectory.syncParent(attic);
    }
    DataDirectory.sync(files.directory());
  }
}
