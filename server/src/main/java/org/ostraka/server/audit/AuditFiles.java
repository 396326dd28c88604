package org.ostraka.server.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the files of an audit log. One thread.
 *
 * <p>A file's name has the time at which it began and the number of its first line: {@code
 * audit-20261128T120000Z-000000000001.jsonl}.
 */
final class AuditFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditFiles.class);

  private final AuditSettings settings;
  private final FileChannel lock;
  private final InstantSource clock;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private FileChannel file;
  private long fileBytes;
  private Position written;
  private Position next;
  private SealKey key;
  private long sealedUpTo;
  private long lastSealNumber;

  /** A place in the chain: the number and the hash of the line before it. */
  record Position(long sequence, String hash) {}

  private AuditFiles(
      AuditSettings settings,
      FileChannel lock,
      InstantSource clock,
      AuditTail tail,
      SealKey key,
      FileChannel file)
      throws IOException {
    this.settings = settings;
    this.lock = lock;
    this.clock = clock;
    this.file = file;
    this.fileBytes = file.size();
    this.written = tail.position();
    this.next = written;
    this.key = key;
    this.sealedUpTo = tail.lastSealAt();
    this.lastSealNumber = tail.lastSealNumber();
  }

  /**
   * Opens the log to continue it. What a crash left of a line is cut off.
   *
   * @param random makes the first key of the seals
   */
  static AuditFiles open(AuditSettings settings, InstantSource clock, Supplier<byte[]> random)
      throws IOException, AuditException {
    Path directory = settings.directory();
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    FileChannel lock = AuditDirectory.lock(directory);
    boolean opened = false;
    try {
      AuditFiles files = open(settings, lock, clock, random);
      opened = true;
      return files;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  private static AuditFiles open(
      AuditSettings settings, FileChannel lock, InstantSource clock, Supplier<byte[]> random)
      throws IOException, AuditException {
    Path directory = settings.directory();
    List<Path> files = AuditDirectory.files(directory);
    SealKey key;
    if (files.isEmpty()) {
      key = SealKey.create(directory, random.get());
    } else {
      key =
          SealKey.load(directory)
              .orElseThrow(() ->
                  new AuditException(
                      directory + " has files of an audit log and no seal.key: move them away"));
    }
    AuditTail tail =
        files.isEmpty() ? AuditTail.EMPTY : AuditTail.repair(directory, files.getLast());
    Path last = files.isEmpty() ? newFile(directory, clock.instant(), 1) : files.getLast();
    FileChannel channel =
        FileChannel.open(last, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    return new AuditFiles(settings, lock, clock, tail, key, channel);
  }

  /** Forgets the lines that were added and not written. */
  void discard() {
    pending.reset();
    next = written;
  }

  /** Adds a line to those that {@link #flush} writes. */
  void add(AuditEvent event) {
    JsonLine json = ChainLine.begin(next.sequence() + 1, next.hash());
    EventText.write(event, json);
    addLine(json.end('}').toString());
  }

  private void addLine(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    pending.writeBytes(bytes);
    pending.write('\n');
    next = new Position(next.sequence() + 1, ChainLine.hash(bytes));
  }

  /**
   * Writes the lines that were added. If that fails, none of them is in the log, and they have to
   * be added again.
   *
   * @param sync whether they have to survive the loss of power
   */
  void flush(boolean sync) throws IOException {
    byte[] bytes = pending.toByteArray();
    pending.reset();
    try {
      if (file.size() != fileBytes) {
        file.truncate(fileBytes); // what a failed write left
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
      if (sync) {
        file.force(false);
      }
      fileBytes += bytes.length;
      written = next;
    } catch (IOException failure) {
      next = written;
      throw failure;
    }
  }

  /** Seals the lines since the last seal, if there are any. */
  void seal() throws IOException {
    if (written.sequence() == sealedUpTo) {
      return;
    }
    if (lastSealNumber >= key.number()) {
      // The process ended, or the disk was full, between a seal and the next key.
      key = key.next(settings.directory());
    }
    long sequence = written.sequence() + 1;
    JsonLine json = ChainLine.begin(sequence, written.hash());
    json.text("eventTime", EventText.time(clock.instant()));
    json.text("eventType", "OstrakaAuditSeal");
    json.raw("sealNumber", Long.toString(key.number()));
    json.text("seal", key.seal(sequence, written.hash()));
    addLine(json.end('}').toString());
    flush(true);
    sealedUpTo = sequence;
    lastSealNumber = key.number();
    key = key.next(settings.directory());
  }

  /** Begins a new file if this one is large, and removes files that are old. */
  void rotate() throws IOException {
    if (fileBytes < settings.fileBytes()) {
      return;
    }
    seal();
    Path path = newFile(settings.directory(), clock.instant(), written.sequence() + 1);
    FileChannel newer = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    file.close();
    file = newer;
    fileBytes = 0;
    removeOld(path);
  }

  private void removeOld(Path current) throws IOException {
    if (settings.days() == 0) {
      return;
    }
    Instant oldest = clock.instant().minus(Duration.ofDays(settings.days()));
    for (Path path : AuditDirectory.files(settings.directory())) {
      if (!path.equals(current) && Files.getLastModifiedTime(path).toInstant().isBefore(oldest)) {
        Files.delete(path);
        LOG.info("removed {}, which is older than {} days", path, settings.days());
      }
    }
  }

  private static Path newFile(Path directory, Instant now, long first) throws IOException {
    Set<PosixFilePermission> mine = PosixFilePermissions.fromString("rw-------");
    Path made =
        Files.createFile(
            directory.resolve(AuditDirectory.name(now, first)),
            PosixFilePermissions.asFileAttribute(mine));
    AuditDirectory.sync(directory);
    return made;
  }

  /** Seals what is not sealed, and closes the file. */
  @Override
  public void close() throws IOException {
    try {
      seal();
    } finally {
      file.close();
      lock.close();
    }
  }
}
