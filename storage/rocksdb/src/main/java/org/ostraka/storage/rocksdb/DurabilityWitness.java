package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.ostraka.storage.volume.ThreadEnd;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes how far RocksDB's files are durable while they are in use, so that the next start knows
 * what must be there. The committer's thread tells of each commit; a thread of its own syncs the
 * notes.
 *
 * <p>After each commit the state is written and not synced, which costs no commit a wait for the
 * disk: when the process is killed, the state is exact. At most {@value #BEHIND_MILLIS} ms later it
 * is synced: that is how far it may lag behind after a power loss. It is never ahead of the files.
 * When it cannot be written, the commits go on, and the state lags until it can.
 */
final class DurabilityWitness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DurabilityWitness.class);

  /** How long a commit may wait until the state that has it is synced. */
  private static final long BEHIND_MILLIS = 200;

  /** How often the MANIFEST is looked at when nothing is committed. */
  private static final long IDLE_MILLIS = 1_000;

  private final RocksDB database;
  private final RocksFiles files;
  private final WitnessFile file;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<DurableState.Log> logs = new ArrayList<>();
  private long moment;
  private long lastSequence;
  private long manifestNumber;
  private long manifestBytes;
  private boolean behind;
  private boolean closed;
  private boolean warned;
  private @Nullable FileChannel newestLog;

  private DurabilityWitness(
      RocksDB database, RocksFiles files, WitnessFile file, long moment, ThreadFactory daemons) {
    this.database = database;
    this.files = files;
    this.file = file;
    this.moment = moment;
    this.lastSequence = database.getLatestSequenceNumber();
    this.thread = daemons.newThread(this::run);
  }

  /**
   * Begins to take notes of a database that nobody has written to since it was opened.
   *
   * @param moment greater than that of any state before
   */
  static DurabilityWitness start(
      RocksDB database, RocksFiles files, Path path, long moment, ThreadFactory daemons)
      throws IOException, RocksDBException {
    WitnessFile file = WitnessFile.draft(path);
    boolean started = false;
    try {
      DurabilityWitness witness = new DurabilityWitness(database, files, file, moment, daemons);
      witness.lookForLogs();
      witness.lookAtManifest();
      file.publish(witness.state());
      witness.thread.start();
      started = true;
      return witness;
    } finally {
      if (!started) {
        file.close();
      }
    }
  }

  /** Notes that everything written so far is durable. The committer's thread. */
  void committed() {
    lock.lock();
    try {
      lastSequence = database.getLatestSequenceNumber();
      noteNewestLog();
      moment++;
      file.writeLive(state());
      if (!behind) {
        behind = true;
        changed.signal();
      }
    } catch (IOException failure) {
      warn(failure);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread. The state stays as it was after the last commit. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    ThreadEnd.await(thread);
  }

  /** Writes the last state, when the database is closed and its files rest. */
  void finish() {
    try (file) {
      manifestNumber = files.manifestNumber().orElse(manifestNumber);
      Path manifest = files.manifest(manifestNumber);
      DataDirectory.sync(manifest);
      manifestBytes = LogWalk.walk(manifest, _ -> {}).soundBytes();
      moment++;
      file.writeLive(state());
      file.writeSynced(state());
      if (newestLog != null) {
        newestLog.close();
      }
    } catch (IOException failure) {
      warn(failure);
    }
  }

  private void run() {
    while (awaitChange()) {
      try {
        sync();
      } catch (IOException | RocksDBException failure) {
        warn(failure);
      }
    }
  }

  /** Waits until there may be something to sync; false when the end has come. */
  private boolean awaitChange() {
    lock.lock();
    try {
      long idle = TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS);
      while (!behind && !closed && idle > 0) {
        idle = changed.awaitNanos(idle);
      }
      long wait = TimeUnit.MILLISECONDS.toNanos(BEHIND_MILLIS);
      while (behind && !closed && wait > 0) {
        wait = changed.awaitNanos(wait);
      }
      return !closed;
    } catch (InterruptedException _) {
      // Nobody interrupts this thread: close() tells it when to end.
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void sync() throws IOException, RocksDBException {
    boolean moved = manifestMoved();
    NavigableSet<Long> present = new TreeSet<>();
    if (moved) {
      // A log goes after the MANIFEST says that it may: what is missing from this list is not
      // needed by the MANIFEST that is read next.
      present.addAll(files.logs().keySet());
      lookAtManifest();
    }
    DurableState state;
    lock.lock();
    try {
      if (!behind && !moved) {
        return;
      }
      logs.removeIf(log ->
          !present.isEmpty() && log.number() < present.last() && !present.contains(log.number()));
      behind = false;
      moment++;
      state = state();
      file.writeLive(state);
    } finally {
      lock.unlock();
    }
    file.writeSynced(state);
    warned = false;
  }

  private boolean manifestMoved() throws IOException {
    long number = files.manifestNumber().orElse(manifestNumber);
    return number != manifestNumber || Files.size(files.manifest(number)) != manifestBytes;
  }

  /** Reads how far the MANIFEST is durable, which RocksDB knows and its length does not tell. */
  private void lookAtManifest() throws IOException, RocksDBException {
    long number = files.manifestNumber().orElse(0);
    long bytes = database.getLiveFiles(false).manifestFileSize;
    if (number != files.manifestNumber().orElse(0)) {
      // It was replaced meanwhile: look again the next time.
      return;
    }
    lock.lock();
    try {
      manifestNumber = number;
      manifestBytes = bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Notes how long the log is that the last commit was written to. */
  private void noteNewestLog() throws IOException {
    FileChannel log = newestLog;
    DurableState.Log noted = logs.isEmpty() ? null : logs.getLast();
    long bytes = log == null || noted == null || !log.isOpen() ? 0 : log.size();
    if (noted == null || bytes <= noted.bytes()) {
      // What was committed is in no log that is known: there is a newer one.
      lookForLogs();
      return;
    }
    logs.removeLast();
    logs.add(new DurableState.Log(noted.number(), bytes, lastSequence));
  }

  private void lookForLogs() throws IOException {
    long newest = logs.isEmpty() ? 0 : logs.getLast().number();
    NavigableMap<Long, Path> found = files.logs().tailMap(newest, false);
    for (Map.Entry<Long, Path> log : found.entrySet()) {
      logs.add(new DurableState.Log(log.getKey(), Files.size(log.getValue()), lastSequence));
    }
    if (newestLog != null && (!found.isEmpty() || !newestLog.isOpen())) {
      newestLog.close();
      newestLog = null;
    }
    if (newestLog == null && !logs.isEmpty()) {
      newestLog = FileChannel.open(files.log(logs.getLast().number()), StandardOpenOption.READ);
    }
  }

  private DurableState state() {
    return new DurableState(moment, lastSequence, manifestNumber, manifestBytes, logs);
  }

  private void warn(Exception failure) {
    if (!warned) {
      warned = true;
      LOG.warn(
          "how far the data is durable could not be noted, and will be later: {}",
          failure.getMessage());
    }
  }
}
