package org.ostraka.engine.backup;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.Bytes;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.ConditionalPut;
import org.ostraka.storage.archive.MemoryArchive;

/** An archive in memory that fails from some step on, until it is repaired. One thread. */
final class FailingArchive implements Archive {
  private final Archive below = new MemoryArchive();
  private long left = Long.MAX_VALUE;

  /** Lets so many steps happen, and none after them. */
  void arm(long steps) {
    left = steps;
  }

  void repair() {
    left = Long.MAX_VALUE;
  }

  @Override
  public void put(String name, Bytes content) {
    step();
    below.put(name, content);
    step();
  }

  @Override
  public ConditionalPut putIfAbsent(String name, Bytes content) {
    step();
    ConditionalPut put = below.putIfAbsent(name, content);
    step();
    return put;
  }

  @Override
  public Optional<Bytes> read(String name) {
    step();
    return below.read(name);
  }

  @Override
  public List<String> list(String prefix) {
    return below.list(prefix);
  }

  @Override
  public void delete(String name) {
    step();
    below.delete(name);
  }

  private void step() {
    if (left <= 0) {
      throw new StorageFailedException("the archive fails from here on");
    }
    left--;
  }
}
