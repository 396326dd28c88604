package org.ostraka.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.engine.catalogue.CatalogueCheck;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.server.MasterKeys;
import org.ostraka.server.OstrakaServer;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.MasterKeyLocation;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;
import org.ostraka.storage.encryption.EncryptedStore;
import org.ostraka.storage.rocksdb.DataDirectory;
import org.ostraka.storage.rocksdb.LostWrites;
import org.ostraka.storage.rocksdb.RocksSettings;
import org.ostraka.storage.rocksdb.RocksVolume;
import org.ostraka.storage.rocksdb.VolumeThreads;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.random.RandomCase;

/**
 * {@code ostraka check --repair} on directories of a real server: files are damaged, cut or gone,
 * and the repair is killed. Afterwards the check is clean, a server starts, and every item is one
 * that had been written.
 *
 * <p>It tries {@code -Dostraka.repairs=N} damages and {@code -Dostraka.repair.kills=N} kills.
 */
@Timeout(value = 1_800, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RepairCommandTest {
  private static final int DAMAGES = Integer.getInteger("ostraka.repairs", 12);
  private static final int KILLS = Integer.getInteger("ostraka.repair.kills", 4);
  private static final int ITEMS = 400;

  @TempDir Path parent;
  private Path sound;
  private final Set<JsonValue> written = new HashSet<>();

  /** Items of which half are in table files and half in a log. */
  @BeforeEach
  void fill() throws Exception {
    sound = parent.resolve("sound");
    fill(sound, Encryption.NONE);
  }

  private void fill(Path data, Encryption encryption) throws Exception {
    for (int version = 0; version < 2; version++) {
      try (OstrakaServer server = LocalServer.over(data, encryption);
          ApiClient api = client(server)) {
        if (version == 0) {
          makeTable(api);
        }
        put(api, version * ITEMS / 4, ITEMS - (1 - version) * ITEMS / 2, version);
      }
    }
  }

  @Test
  void whateverIsDamagedIsCleanAfterTheRepair(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    for (int damage = 0; damage < DAMAGES; damage++) {
      RandomGenerator chance = random.branch(damage);
      Path data = parent.resolve("damaged-" + damage);
      copy(sound, data);
      String how = damage(data, chance);
      String where = "damage %d: %s; %s".formatted(damage, how, random.command());
      Outcome repaired = Outcome.of("check", "--repair", data.toString());
      if (repaired.err().contains("no row of the catalogue")) {
        assertThat(repaired.status()).as(where).isEqualTo(1);
        assertThat(data.resolve("before-repair-1")).as(where).doesNotExist();
        continue;
      }
      assertThat(repaired.err()).as(where).isEmpty();
      assertThat(data.resolve("repair")).as(where).doesNotExist();
      if (repaired.out().contains("kept: ")) {
        assertThat(repaired.status()).as(where + "\n" + repaired.out()).isEqualTo(1);
        continue;
      }
      assertThat(repaired.status()).as(where + "\n" + repaired.out()).isZero();
      assertSound(data, where + "\n" + repaired.out());
    }
  }

  @Test
  void aRepairThatIsKilledIsDoneByTheNext(TestInfo test) throws Exception {
    RandomCase random = RandomCase.of(test);
    Path data = parent.resolve("killed");
    copy(sound, data);
    RandomGenerator chance = random.branch(0);
    Path table = files(data, ".sst").getFirst();
    flip(table, chance);
    for (int kill = 0; kill < KILLS; kill++) {
      killWhen(data, kill);
    }
    Outcome repaired = Outcome.of("check", "--repair", data.toString());
    assertThat(repaired.status()).as(repaired.out() + repaired.err()).isZero();
    assertThat(data.resolve("repair")).doesNotExist();
    try (Stream<Path> kept = Files.walk(data)) {
      assertThat(
              kept.filter(file -> file.endsWith(Path.of("rocksdb").resolve(table.getFileName()))))
          .as("the damaged file is kept")
          .anyMatch(file -> file.toString().contains("before-repair-"));
    }
    assertSound(data, random.command());
  }

  /** Starts a repair in a process of its own, and kills it when it has come to a certain place. */
  private void killWhen(Path data, int kill) throws Exception {
    Path place =
        data.resolve(
            switch (kill % 4) {
              case 0 -> "repair/files";
              case 1 -> "repair/data/ostraka.durable";
              case 2 -> "repair/files/all";
              default -> "repair/whole";
            });
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "check",
                "--repair",
                data.toString())
            .redirectErrorStream(true)
            .redirectOutput(new File(parent.toFile(), "log"))
            .start();
    try {
      while (!Files.exists(place) && process.isAlive()) {
        Thread.onSpinWait();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void soundDataIsLeftAsItIs() throws Exception {
    Outcome repaired = Outcome.of("check", "--repair", sound.toString());
    assertThat(repaired.out()).endsWith(sound + ": nothing to repair\n");
    assertThat(repaired.status()).isZero();
    assertThat(sound.resolve("before-repair-1")).doesNotExist();
  }

  @Test
  void lossesAreListedAndTheOldFilesAreKept(TestInfo test) throws Exception {
    Path data = parent.resolve("flipped");
    copy(sound, data);
    Path table = files(data, ".sst").getFirst();
    flip(table, RandomCase.of(test).branch(0));
    Outcome found = Outcome.of("check", data.toString());
    assertThat(found.status()).isEqualTo(1);
    Outcome repaired = Outcome.of("check", "--repair", "--discard-originals", data.toString());
    assertThat(repaired.out())
        .contains("lost: a block of " + table)
        .contains("--discard-originals is not done");
    assertThat(data.resolve("before-repair-1/rocksdb")).isDirectory();
    assertThat(data.resolve("before-repair-1/report.txt")).content().contains(table.toString());
  }

  @Test
  void theOldFilesAreRemovedIfAskedWhenNothingIsLost() throws Exception {
    Path data = parent.resolve("formatless");
    copy(sound, data);
    Files.delete(data.resolve("ostraka.format"));
    Outcome repaired = Outcome.of("check", "--repair", "--discard-originals", data.toString());
    assertThat(repaired.out()).contains("the old files are removed");
    assertThat(repaired.status()).isZero();
    assertThat(data.resolve("before-repair-1/rocksdb")).doesNotExist();
    assertSound(data, repaired.out());
  }

  @Test
  void encryptedItemsThatMayBeOlderAreNamed() throws Exception {
    Path data = parent.resolve("encrypted");
    fill(data, new Encryption(true, Duration.ofDays(1), new MasterKeyLocation.InDirectory(data)));
    Path table = files(data, ".sst").getFirst();
    byte[] content = Files.readAllBytes(table);
    content[content.length / 4] ^= 1;
    Files.write(table, content);
    Outcome repaired = Outcome.of("check", "--repair", data.toString());
    assertThat(repaired.err()).isEmpty();
    assertThat(repaired.out()).contains("may be older: item of table votes with key ");
  }

  /**
   * The rows of a table without its record are still encrypted under keys that are kept: a record
   * that is put back, from a backup say, has all of them again.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLostRecordOfAnEncryptedTableCostsNoneOfItsRows(boolean onlyTheRecord) throws Exception {
    Path data = parent.resolve("recordless");
    Encryption encryption =
        new Encryption(true, Duration.ofDays(1), new MasterKeyLocation.InDirectory(data));
    fill(data, encryption);
    makeAnother(data, encryption, "others");
    List<Row> lost = new ArrayList<>();
    change(
        data,
        store -> {
          List<Row> rows = rowsOfTheCatalogue(store, "votes");
          lost.addAll(onlyTheRecord ? rows.subList(0, 1) : rows);
          return writes(lost, row -> new Write.Delete(row.key()));
        });
    Outcome repaired = Outcome.of("check", "--repair", data.toString());
    assertThat(repaired.err()).isEmpty();
    assertThat(repaired.out())
        .containsPattern("kept: no table is known that space [0-9]+ belongs to")
        .doesNotContain("lost:");
    assertThat(repaired.status()).isEqualTo(1);
    makeAnother(data, encryption, "later");
    change(data, _ -> writes(lost, row -> new Write.Put(row.key(), row.value())));
    Outcome checked = Outcome.of("check", data.toString());
    assertThat(checked.out() + checked.err()).contains(" 0 problems");
    assertThat(checked.status()).isZero();
    try (OstrakaServer server = LocalServer.over(data, encryption);
        ApiClient api = client(server)) {
      assertThat(items(api)).hasSize(ITEMS).isSubsetOf(written);
      assertThat(elements(call(api, "ListTables", "{}"), "TableNames")).hasSize(3);
    }
  }

  private static void makeAnother(Path data, Encryption encryption, String table) throws Exception {
    try (OstrakaServer server = LocalServer.over(data, encryption);
        ApiClient api = client(server)) {
      call(
          api,
          "CreateTable",
          "{'TableName':'%s','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
                  .formatted(table)
              + "{'AttributeName':'id','AttributeType':'S'}],"
              + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]}");
      call(api, "PutItem", "{'TableName':'%s','Item':{'id':{'S':'1'}}}".formatted(table));
    }
  }

  /** Returns the rows of the catalogue that are of a table; first its record. */
  private static List<Row> rowsOfTheCatalogue(Store store, String table) {
    Bytes name = KeyEncoding.encode(new AttributeValue.S(table));
    List<Row> rows = new ArrayList<>();
    try (Cursor cursor =
        store.scan(Range.OfSlice.all(CatalogueCheck.space()), Consistency.STRONG, Wanted.ALL)) {
      Optional<Row> row = cursor.next();
      while (row.isPresent()) {
        row.filter(each -> each.key().sort().equals(name)).ifPresent(rows::add);
        row = cursor.next();
      }
    }
    rows.sort(Comparator.comparingInt(row -> row.key().partition().sizeBytes()));
    return rows;
  }

  /** Changes rows of an encrypted directory that no server uses. */
  private static void change(Path data, Function<Store, Map<RowKey, Write>> changes)
      throws Exception {
    InstantSource clock = InstantSource.system();
    try (DataDirectory directory = DataDirectory.open(data);
        ExecutorService scans = Executors.newSingleThreadExecutor();
        Store below =
            new VolumeStore(
                RocksVolume.open(
                    directory,
                    RocksSettings.DEFAULT,
                    new VolumeThreads(scans, Thread.ofPlatform().daemon().factory()),
                    LostWrites.REFUSE),
                new HybridClock(clock),
                Thread::new,
                _ -> {})) {
      Store store =
          EncryptedStore.open(
              below, MasterKeys.open(new MasterKeyLocation.InDirectory(data), clock), clock);
      Map<RowKey, Write> writes = changes.apply(store);
      assertThat(writes).isNotEmpty();
      store.transact(writes.keySet(), _ -> new Verdict<>(true, List.copyOf(writes.values())));
    }
  }

  private static Map<RowKey, Write> writes(List<Row> rows, Function<Row, Write> write) {
    return rows.stream().collect(Collectors.toMap(Row::key, write));
  }

  @Test
  void optionsWithoutEffectAndServicesWithoutEncryptionAreRefused() {
    String data = sound.toString();
    assertThat(Outcome.of("check", "--repair", "--archive", data, data).err())
        .contains("--repair does not look at the archive");
    assertThat(Outcome.of("check", "--s3-endpoint", "http://localhost:1", data).err())
        .contains("--s3-endpoint needs --archive s3://BUCKET/PREFIX");
    assertThat(Outcome.of("check", "--s3-region", "eu-west-1", data).err())
        .contains("need --s3-endpoint");
    assertThat(archiveAt("http://example.org").err()).contains("--s3-endpoint is not encrypted");
    assertThat(archiveAt("nonsense").err()).contains("--s3-endpoint is like http");
    assertThat(archiveAt("http://example.org").status()).isEqualTo(2);
  }

  private Outcome archiveAt(String endpoint) {
    return Outcome.of(
        "check", "--archive", "s3://votes/a", "--s3-endpoint", endpoint, sound.toString());
  }

  @Test
  void whatCannotBeRepairedIsRefused() throws Exception {
    assertThat(Outcome.of("check", "--repair", parent.toString()).err())
        .contains("holds no Ostraka data");
    assertThat(Outcome.of("check", "--repair", "--store", "postgresql://host/votes").err())
        .contains("--repair works on a data directory");
    assertThat(Outcome.of("check", "--discard-originals", sound.toString()).err())
        .contains("--discard-originals needs --repair");
    try (OstrakaServer _ = LocalServer.over(sound)) {
      assertThat(Outcome.of("check", "--repair", sound.toString()).err()).contains("is in use");
    }
  }

  private void assertSound(Path data, String where) throws Exception {
    Outcome checked = Outcome.of("check", data.toString());
    assertThat(checked.status()).as(where + "\n" + checked.out() + checked.err()).isZero();
    try (OstrakaServer server = LocalServer.over(data);
        ApiClient api = client(server)) {
      Set<JsonValue> tables = Set.copyOf(elements(call(api, "ListTables", "{}"), "TableNames"));
      if (!tables.isEmpty()) {
        assertThat(written).as(where).containsAll(items(api));
      }
    }
  }

  private static String damage(Path data, RandomGenerator chance) throws IOException {
    List<String> kinds = List.of(".log", ".sst", ".sst", "MANIFEST", "CURRENT", "ostraka.durable");
    List<Path> files = files(data, kinds.get(chance.nextInt(kinds.size())));
    Path file = files.get(chance.nextInt(files.size()));
    byte[] content = Files.readAllBytes(file);
    int place = chance.nextInt(Math.max(1, content.length));
    switch (chance.nextInt(3)) {
      case 0 -> Files.delete(file);
      case 1 -> Files.write(file, Arrays.copyOf(content, place));
      default -> {
        content[place] ^= (byte) (1 << chance.nextInt(Byte.SIZE));
        Files.write(file, content);
      }
    }
    return file.getFileName() + " of " + content.length + " bytes, at " + place;
  }

  private static void flip(Path file, RandomGenerator chance) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 3 + chance.nextInt(content.length / 4)] ^= 1;
    Files.write(file, content);
  }

  private static List<Path> files(Path data, String part) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.getFileName().toString().contains(part))
          .sorted()
          .toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(all::add);
    }
    for (Path file : all) {
      Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
  }

  private static void makeTable(ApiClient api) {
    call(
        api,
        "CreateTable",
        "{'TableName':'votes','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
            + "{'AttributeName':'id','AttributeType':'S'},{'AttributeName':'at','AttributeType':'N'},"
            + "{'AttributeName':'choice','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'},"
            + "{'AttributeName':'at','KeyType':'RANGE'}],"
            + "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'},"
            + "'GlobalSecondaryIndexes':[{'IndexName':'choices','KeySchema':["
            + "{'AttributeName':'choice','KeyType':'HASH'}],"
            + "'Projection':{'ProjectionType':'ALL'}}],"
            + "'LocalSecondaryIndexes':[{'IndexName':'local','KeySchema':["
            + "{'AttributeName':'id','KeyType':'HASH'},"
            + "{'AttributeName':'choice','KeyType':'RANGE'}],"
            + "'Projection':{'ProjectionType':'KEYS_ONLY'}}]}");
  }

  private void put(ApiClient api, int from, int to, int version) {
    for (int begin = from; begin < to; begin += 25) {
      String writes =
          IntStream.range(begin, Math.min(begin + 25, to))
              .mapToObj(id -> "{'PutRequest':{'Item':" + item(id, version) + "}}")
              .collect(Collectors.joining(","));
      call(api, "BatchWriteItem", "{'RequestItems':{'votes':[" + writes + "]}}");
    }
  }

  private String item(int id, int version) {
    String item =
        ("{'id':{'S':'%d'},'at':{'N':'%d'},'choice':{'S':'c%d'},'v':{'N':'%d'},"
                + "'pad':{'S':'%s'}}")
            .formatted(id, id % 7, id % 5, version, "x".repeat(id % 300))
            .replace('\'', '"');
    written.add(JsonText.parse(item.getBytes(StandardCharsets.UTF_8)));
    return item;
  }

  private static Set<JsonValue> items(ApiClient api) {
    Set<JsonValue> items = new HashSet<>();
    String from = "";
    while (true) {
      JsonValue.Members page = call(api, "Scan", "{'TableName':'votes'" + from + "}");
      items.addAll(elements(page, "Items"));
      if (page.member("LastEvaluatedKey").isEmpty()) {
        return items;
      }
      byte[] next = JsonText.bytes(Answers.member(page, "LastEvaluatedKey"));
      from = ",'ExclusiveStartKey':" + new String(next, StandardCharsets.UTF_8);
    }
  }

  private static List<JsonValue> elements(JsonValue.Members answer, String name) {
    return ((JsonValue.Elements) Answers.member(answer, name)).values();
  }

  private static JsonValue.Members call(ApiClient api, String operation, String request) {
    byte[] text = request.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return api.call(operation, ((JsonValue.Members) JsonText.parse(text)).values());
  }

  private static ApiClient client(OstrakaServer server) {
    return new ApiClient(
        URI.create("http://127.0.0.1:" + server.port()),
        ServerOptions.signer(Map.of()),
        ServerOptions.tls(Map.of(), InstantSource.system()),
        InstantSource.system());
  }
}
