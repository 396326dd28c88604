package org.ostraka.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ostraka.storage.rocksdb.TestVolumes.bytes;
import static org.ostraka.storage.rocksdb.TestVolumes.key;
import static org.ostraka.storage.rocksdb.TestVolumes.put;
import static org.ostraka.storage.rocksdb.TestVolumes.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Bytes;
import org.ostraka.storage.LogId;
import org.ostraka.storage.LogTrimmedException;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Write;
import org.ostraka.storage.volume.Loss;
import org.ostraka.testkit.random.RandomCase;
import org.rocksdb.FlushOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Files of every kind are damaged, cut or gone; after the repair each row has a value that was once
 * written, and each row without its last value, or back after its deletion, may be lost by what the
 * repair reports.
 *
 * <p>It tries {@code -Dostraka.repairs=N} damages.
 */
@Timeout(value = 3_600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DirectoryRepairTest {
  private static final int REPAIRS = Integer.getInteger("ostraka.repairs", 60);
  private static final int REPAIRS_OF_A_MOMENT = 10;
  private static final RocksSettings SMALL = new RocksSettings(1 << 20, 64 << 10, 0);
  private static final int ROWS_OF_A_VERSION = 400;
  private static final LogId LOG = new LogId(new Space(7));

  /** Kinds of files, by a part of their names, with how often each has its turn. */
  private static final List<String> KINDS =
      List.of(
          ".log",
          ".log",
          ".sst",
          ".sst",
          ".sst",
          "MANIFEST",
          "CURRENT",
          "OPTIONS",
          "IDENTITY",
          "ostraka.durable",
          "ostraka.rows",
          "ostraka.lock",
          "ostraka.format");

  /** The others have no rows: whatever happens to them, every row is kept with its last value. */
  private static final Set<String> KINDS_WITH_ROWS = Set.of(".log", ".sst");

  @TempDir Path parent;

  @Test
  void whatIsWholeSurvivesAndWhatIsLostIsReported(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    Map<String, Integer> seen = new TreeMap<>();
    try (LivedDirectory lived = new LivedDirectory(parent, random.branch(-1))) {
      for (int repair = 0; repair < REPAIRS; ) {
        LivedDirectory.Moment moment = live(lived, random.branch(1_000_000 + repair));
        for (int i = 0; i < REPAIRS_OF_A_MOMENT; i++, repair++) {
          seen.merge(tryRepair(lived, moment, repair, random), 1, Integer::sum);
        }
      }
    }
    System.out.println("[repairs] " + seen);
    assertThat(seen).as("outcomes, %s", random.command()).containsKeys(".sst lost", ".log lost");
  }

  private static LivedDirectory.Moment live(LivedDirectory lived, RandomGenerator random)
      throws Exception {
    lived.write(random.nextInt(120), 2_000);
    if (random.nextInt(3) == 0) {
      lived.writeTogether(1 + random.nextInt(60), 3_000);
    }
    return random.nextBoolean() ? lived.stopped() : lived.moment();
  }

  private String tryRepair(
      LivedDirectory lived, LivedDirectory.Moment moment, int number, RandomCase random)
      throws Exception {
    RandomGenerator chance = random.branch(number);
    Path copy = parent.resolve("repair-" + number);
    TestVolumes.copy(moment.path(), copy);
    String kind = KINDS.get(chance.nextInt(KINDS.size()));
    StringBuilder how = new StringBuilder();
    for (int damages = 1 + chance.nextInt(2); damages > 0; damages--) {
      List<Path> files = LivedDirectory.files(copy, kind);
      if (files.isEmpty()) {
        break;
      }
      how.append(RandomDamage.of(RandomDamage.anyOf(files, chance), chance)).append("; ");
    }
    String where = "repair %d: %s%s".formatted(number, how, random.command());
    try {
      List<Loss> losses = repair(copy);
      String kept = assertRows(lived, new LivedDirectory.Moment(copy, moment.rows()), losses);
      if (!KINDS_WITH_ROWS.contains(kind)) {
        assertThat(kept).isEqualTo("all");
      }
      return kind + " " + kept;
    } catch (DataDirectoryException refused) {
      assertThat(refused).as(where).hasMessageContaining("has data format");
      return kind + " refused";
    } catch (AssertionError | RuntimeException wrong) {
      throw new AssertionError(where, wrong);
    }
  }

  /** Asserts that every row is sound, and returns whether all have their last values. */
  private static String assertRows(
      LivedDirectory lived, LivedDirectory.Moment moment, List<Loss> losses)
      throws DataDirectoryException {
    try (TestVolumes.Opened opened = TestVolumes.open(moment.path())) {
      List<String> problems = new ArrayList<>();
      opened.store().check(problems::add);
      assertThat(problems).isEmpty();
      assertNoDeletedRows(lived, opened, moment, losses);
      int lost = 0;
      for (Map.Entry<RowKey, Bytes> row : moment.rows().entrySet()) {
        Optional<Bytes> read = read(opened.store(), row.getKey());
        read.ifPresent(value -> assertThat(lived.written(row.getKey())).contains(value));
        if (!read.equals(Optional.of(row.getValue()))) {
          lost++;
          assertThat(losses)
              .as("a loss that may be that of %s", row.getKey())
              .anyMatch(loss -> loss.mayHaveHad(row.getKey()));
        }
      }
      return lost == 0 ? "all" : "lost";
    }
  }

  /** Asserts that a row that had been deleted is back only where its deletion may be lost. */
  private static void assertNoDeletedRows(
      LivedDirectory lived,
      TestVolumes.Opened opened,
      LivedDirectory.Moment moment,
      List<Loss> losses) {
    for (Row row : TestVolumes.rows(opened.store(), Range.OfSlice.all(TestVolumes.SPACE))) {
      if (!moment.rows().containsKey(row.key())) {
        assertThat(lived.written(row.key())).contains(row.value());
        assertThat(losses)
            .as("a loss that may be that of the deletion of %s", row.key())
            .anyMatch(loss -> loss.mayHaveHad(row.key()));
      }
    }
  }

  @Test
  void oneFlippedBitOfATableFileLosesOneBlock(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    RandomGenerator chance = random.branch(0);
    Path data = filled(400);
    Path table = LivedDirectory.files(data, ".sst").getFirst();
    byte[] content = Files.readAllBytes(table);
    content[chance.nextInt(content.length / 2)] ^= 1;
    Files.write(table, content);
    List<Loss> losses = repair(data);
    assertThat(losses)
        .singleElement()
        .extracting(Loss::message)
        .asString()
        .contains("a block of " + table);
    int lost = 0;
    try (TestVolumes.Opened opened = TestVolumes.open(data)) {
      for (int i = 0; i < 400; i++) {
        if (read(opened.store(), key(i)).isEmpty()) {
          lost++;
          RowKey row = key(i);
          assertThat(losses).as(random.command()).anyMatch(loss -> loss.mayHaveHad(row));
        }
      }
    }
    assertThat(lost).as(random.command()).isBetween(1, 40);
    assertThat(data.resolve("before-repair-1/rocksdb").resolve(table.getFileName()))
        .hasBinaryContent(content);
    assertThat(data.resolve("before-repair-1/report.txt")).hasContent("the report");
  }

  /** A compaction that only moves a file to another level lists it as removed and as added. */
  @Test
  void aMovedTableFileIsReadIfTheManifestIsDamagedBehindTheMove() throws Exception {
    Path data = filled(50);
    moveTheTableFile(data.resolve("rocksdb"));
    Path manifest = LivedDirectory.files(data, "MANIFEST").getLast();
    List<LogWalk.Entry> edits = new ArrayList<>();
    LogWalk.walk(manifest, edits::add);
    flipBit(manifest, (int) edits.get(edits.size() - 2).end() - 1);
    assertThat(repair(data)).anyMatch(loss -> loss.message().contains(manifest + " is damaged"));
    try (TestVolumes.Opened opened = TestVolumes.open(data)) {
      for (int i = 0; i < 50; i++) {
        assertThat(read(opened.store(), key(i))).as("row %d", i).isPresent();
      }
    }
  }

  /** Zeros at the end of a MANIFEST look as if its last edit had never been written. */
  @Test
  void aTableFileIsReadIfTheEditThatAddsItSeemsToBeCutOff() throws Exception {
    Path data = filled(50);
    Path rocksdb = data.resolve("rocksdb");
    try (RocksOptions options = RocksOptions.of(SMALL, true);
        RocksDB database = RocksDB.open(options.options(), rocksdb.toString())) {
      assertThat(database.getLiveFilesMetaData()).hasSize(1);
    }
    Path manifest = LivedDirectory.files(data, "MANIFEST").getLast();
    byte[] content = Files.readAllBytes(manifest);
    Arrays.fill(content, (int) beginOfFirstTable(manifest), content.length, (byte) 0);
    Files.write(manifest, content);
    repair(data);
    try (TestVolumes.Opened opened = TestVolumes.open(data)) {
      for (int i = 0; i < 50; i++) {
        assertThat(read(opened.store(), key(i))).as("row %d", i).isPresent();
      }
    }
  }

  /** Returns where the edit begins that adds the first table file. */
  private static long beginOfFirstTable(Path manifest) throws Exception {
    List<LogWalk.Entry> edits = new ArrayList<>();
    LogWalk.walk(manifest, edits::add);
    ManifestState state = new ManifestState();
    for (LogWalk.Entry edit : edits) {
      state.apply(edit.content());
      if (!state.tables().inUse().isEmpty()) {
        return edit.offset();
      }
    }
    throw new AssertionError("no edit of " + manifest + " adds a table file");
  }

  /** Moves the only table file to the next level, and adds two others with one entry of it. */
  private static void moveTheTableFile(Path rocksdb) throws RocksDBException {
    try (RocksOptions options = RocksOptions.of(SMALL, true);
        RocksDB database = RocksDB.open(options.options(), rocksdb.toString());
        FlushOptions waiting = new FlushOptions().setWaitForFlush(true);
        RocksIterator entries = database.newIterator()) {
      assertThat(database.getLiveFilesMetaData()).hasSize(1);
      LiveFileMetaData before = database.getLiveFilesMetaData().getFirst();
      database.compactRange();
      LiveFileMetaData after = database.getLiveFilesMetaData().getFirst();
      assertThat(after.fileName()).isEqualTo(before.fileName());
      assertThat(after.level()).isGreaterThan(before.level());
      entries.seekToFirst();
      for (int i = 0; i < 2; i++) {
        database.put(entries.key(), entries.value());
        database.flush(waiting);
      }
    }
  }

  /**
   * The oldest of three table files is whole. Where one of the others is damaged, the third has a
   * newer entry than the oldest.
   */
  @Test
  void whereATableFileIsDamagedAnotherIsReadThatIsDamagedElsewhere() throws Exception {
    Path data = parent.resolve("data");
    for (int version = 0; version < 3; version++) {
      writeAll(data, version);
    }
    TestVolumes.open(data).close();
    List<Path> tables = LivedDirectory.files(data, ".sst");
    assertThat(tables).hasSize(3);
    flipBit(tables.get(1), (int) Files.size(tables.get(1)) / 4);
    flipBit(tables.get(2), (int) Files.size(tables.get(2)) * 3 / 4);
    List<Loss> losses = repair(data);
    assertThat(losses).hasSize(2);
    assertThat(losses.get(0).message()).contains("a block of " + tables.get(1));
    assertThat(losses.get(1).message()).contains("a block of " + tables.get(2));
    int[] lost = new int[2];
    try (TestVolumes.Opened opened = TestVolumes.open(data)) {
      for (int i = 0; i < ROWS_OF_A_VERSION; i++) {
        boolean newestIsLost = losses.get(1).mayHaveHad(key(i));
        lost[0] += losses.get(0).mayHaveHad(key(i)) ? 1 : 0;
        lost[1] += newestIsLost ? 1 : 0;
        assertThat(read(opened.store(), key(i)))
            .as("row %d", i)
            .isEqualTo(valueOf(newestIsLost ? 1 : 2, i));
      }
    }
    assertThat(lost[0]).isBetween(11, 40);
    assertThat(lost[1]).isBetween(11, 40);
  }

  /** Writes a version of all rows, in one commit. */
  private static void writeAll(Path data, int version) throws DataDirectoryException {
    List<RowKey> keys =
        Stream.iterate(0, i -> i + 1).limit(ROWS_OF_A_VERSION).map(TestVolumes::key).toList();
    List<Write> writes = new ArrayList<>();
    for (int i = 0; i < ROWS_OF_A_VERSION; i++) {
      RowKey key = keys.get(i);
      writes.add(
          valueOf(version, i)
              .<Write>map(value -> new Write.Put(key, value))
              .orElse(new Write.Delete(key)));
    }
    try (TestVolumes.Opened opened = TestVolumes.open(data)) {
      opened.store().transact(keys, _ -> new Verdict<>(true, writes));
    }
  }

  /**
   * Returns the value of a row in a version; the last version has no row whose number ends in 5.
   */
  private static Optional<Bytes> valueOf(int version, int row) {
    if (version == 2 && row % 10 == 5) {
      return Optional.empty();
    }
    byte[] value = new byte[200];
    new SplittableRandom(version * 1_000L + row).nextBytes(value);
    return Optional.of(Bytes.wrap(value));
  }

  private static void flipBit(Path file, int at) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[at] ^= 1;
    Files.write(file, content);
  }

  @Test
  void writesBehindADamagedRecordOfALogSurvive() throws Exception {
    Path data = parent.resolve("data");
    try (TestVolumes.Opened opened = TestVolumes.open(data)) {
      for (int i = 0; i < 300; i++) {
        put(opened.store(), key(i), bytes("value " + i + "x".repeat(1_000)));
      }
    }
    Path log = LivedDirectory.files(data, ".log").getLast();
    flipBit(log, (int) Files.size(log) / 2);
    assertThat(repair(data)).anyMatch(loss -> loss.message().contains(log + " is damaged"));
    try (TestVolumes.Opened opened = TestVolumes.open(data)) {
      assertThat(read(opened.store(), key(299))).isPresent();
      assertThat(Stream.iterate(0, i -> i + 1).limit(300))
          .filteredOn(i -> read(opened.store(), key(i)).isEmpty())
          .hasSizeBetween(1, 64);
    }
  }

  /** Whoever follows a log must notice that something may be missing. */
  @Test
  void aLogThatMayHaveLostRecordsIsTrimmedAndGoesOnLater() throws Exception {
    Path data = parent.resolve("data");
    try (TestVolumes.Opened opened = TestVolumes.open(data)) {
      for (int i = 0; i < 50; i++) {
        append(opened, i);
      }
    }
    Path log = LivedDirectory.files(data, ".log").getLast();
    byte[] content = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(content, content.length - 100));
    repair(data);
    try (TestVolumes.Opened opened = TestVolumes.open(data)) {
      assertThatThrownBy(() -> opened.store().readLog(LOG, new Position(49), 10, 1_000))
          .isInstanceOf(LogTrimmedException.class);
      append(opened, 50);
      assertThat(opened.store().newest(LOG).value()).isGreaterThan(1L << 32);
      assertThat(opened.store().readLog(LOG, opened.store().oldest(LOG), 10, 1_000).records())
          .hasSize(1);
    }
  }

  private static void append(TestVolumes.Opened opened, int number) {
    opened
        .store()
        .transact(
            List.of(key(number)),
            _ -> new Verdict<>(true, List.of(new Write.Append(LOG, bytes("record " + number)))));
  }

  /** Whatever step of the exchange was the last, the next repair ends it, and no server starts. */
  @Test
  void aRepairThatWasCutShortIsEndedByTheNext() throws Exception {
    for (int steps = 0; steps <= 4; steps++) {
      Path data = parent.resolve("cut-" + steps);
      TestVolumes.copy(filled(50), data);
      Path kept = salvageWithoutExchange(data);
      List<Path[]> moves =
          List.of(
              new Path[] {data.resolve("ostraka.durable"), kept.resolve("ostraka.durable")},
              new Path[] {
                data.resolve("repair/data/ostraka.durable"), data.resolve("ostraka.durable")
              },
              new Path[] {data.resolve("rocksdb"), kept.resolve("rocksdb")},
              new Path[] {data.resolve("repair/data/rocksdb"), data.resolve("rocksdb")});
      for (Path[] move : moves.subList(0, steps)) {
        Files.move(move[0], move[1], StandardCopyOption.ATOMIC_MOVE);
      }
      assertThatThrownBy(() -> TestVolumes.open(data)).hasMessageContaining("was cut short");
      try (DirectoryRepair repair = DirectoryRepair.begin(data)) {
        assertThat(repair.hasEndedAnother()).isTrue();
      }
      assertThat(data.resolve("repair")).doesNotExist();
      try (TestVolumes.Opened opened = TestVolumes.open(data)) {
        for (int i = 0; i < 50; i++) {
          assertThat(read(opened.store(), key(i))).as("after %d steps", steps).isPresent();
        }
      }
    }
  }

  /** Makes new files of a directory, and says that they are complete. */
  private Path salvageWithoutExchange(Path data) throws Exception {
    try (DirectoryRepair repair = DirectoryRepair.begin(data);
        ExecutorService scans = Executors.newSingleThreadExecutor()) {
      repair.salvage(TestVolumes.SETTINGS, TestVolumes.threads(scans)).close();
    }
    Path kept = Files.createDirectory(data.resolve("before-repair-1"));
    Files.writeString(data.resolve("repair/whole"), "before-repair-1");
    return kept;
  }

  @Test
  void anUnfinishedSalvageBeginsAgain() throws Exception {
    Path data = filled(50);
    try (DirectoryRepair repair = DirectoryRepair.begin(data);
        ExecutorService scans = Executors.newSingleThreadExecutor()) {
      repair.salvage(TestVolumes.SETTINGS, TestVolumes.threads(scans)).close();
    }
    assertThat(repair(data)).isEmpty();
    try (TestVolumes.Opened opened = TestVolumes.open(data)) {
      assertThat(read(opened.store(), key(49))).isPresent();
    }
  }

  @Test
  void aDirectoryInUseIsRefused() throws Exception {
    Path data = filled(5);
    try (TestVolumes.Opened _ = TestVolumes.open(data)) {
      assertThatThrownBy(() -> DirectoryRepair.begin(data)).hasMessageContaining("is in use");
    }
  }

  private Path filled(int rows) throws DataDirectoryException {
    Path data = parent.resolve("filled-" + rows);
    if (!Files.exists(data)) {
      try (TestVolumes.Opened opened = TestVolumes.open(data, SMALL)) {
        for (int i = 0; i < rows; i++) {
          put(opened.store(), key(i), bytes("value " + i + "x".repeat(400)));
        }
      }
    }
    return data;
  }

  private static List<Loss> repair(Path data) throws DataDirectoryException {
    try (DirectoryRepair repair = DirectoryRepair.begin(data);
        ExecutorService scans = Executors.newSingleThreadExecutor()) {
      DirectoryRepair.Salvaged salvaged =
          repair.salvage(TestVolumes.SETTINGS, TestVolumes.threads(scans));
      salvaged.close();
      repair.exchange("the report");
      return salvaged.losses();
    }
  }
}
