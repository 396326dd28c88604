package org.ostraka.storage.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Bytes;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.secret.MasterKeyFile;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.LogId;
import org.ostraka.storage.Position;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.clock.ManualClock;

/** What lies in the store below, whoever has the master key, and how keys are replaced. */
final class EncryptedStoreTest {
  private static final Space SPACE = new Space(5);
  private static final RowKey VOTER = key("voter-350000000", "2026-11-28");
  private static final Bytes CHOICE = bytes("voted for Themistocles");
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-28T12:00:00Z"));
  private final Store below = memory();
  private Path keyFile;
  private EncryptedStore store;

  @BeforeEach
  void open() {
    keyFile = directory.resolve("master.key");
    store = EncryptedStore.open(below, MasterKeyFile.readOrMake(keyFile), clock);
  }

  @AfterEach
  void close() {
    below.close();
  }

  @Test
  void theStoreBelowHasNoPartitionAndNoValue() {
    put(VOTER, CHOICE);
    append("changed to Aristides");
    List<Bytes> seen = new ArrayList<>();
    for (Space space : below.spaces()) {
      for (Row row : rows(below, space)) {
        seen.add(row.key().partition());
        seen.add(row.value());
      }
      below
          .readLog(new LogId(space), Position.START, 10, Long.MAX_VALUE)
          .records()
          .forEach(record -> seen.add(record.value()));
    }
    assertThat(seen).hasSizeGreaterThan(8);
    assertThat(seen.stream().map(EncryptedStoreTest::text))
        .noneMatch(text -> text.contains("voter"))
        .noneMatch(text -> text.contains("Themistocles"))
        .noneMatch(text -> text.contains("Aristides"));
  }

  @Test
  void equalValuesAndEqualPartitionsOfOtherSpacesDiffer() {
    RowKey elsewhere = new RowKey(new Space(6), VOTER.partition(), VOTER.sort());
    put(VOTER, CHOICE);
    put(key("another", "x"), CHOICE);
    put(elsewhere, CHOICE);
    Set<Bytes> partitions = new HashSet<>();
    Set<Bytes> values = new HashSet<>();
    List.of(SPACE, elsewhere.space())
        .forEach(space ->
            rows(below, space)
                .forEach(row -> {
                  partitions.add(row.key().partition());
                  values.add(row.value());
                }));
    assertThat(partitions).hasSize(3);
    assertThat(values).hasSize(3);
  }

  @Test
  void aChangedValueIsReportedAndNeverReturned() {
    put(VOTER, CHOICE);
    Row stored = rows(below, SPACE).getFirst();
    for (int bit = 0; bit < stored.value().sizeBytes() * Byte.SIZE; bit++) {
      byte[] changed = stored.value().array().clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      putBelow(stored.key(), Bytes.wrap(changed));
      assertThatThrownBy(() -> store.read(VOTER, Consistency.STRONG))
          .as("bit %s", bit)
          .isInstanceOf(CorruptDataException.class);
    }
    putBelow(stored.key(), stored.value());
    assertThat(read(VOTER)).contains(CHOICE);
  }

  @Test
  void aValueThatIsCopiedToAnotherRowIsNotReturnedThere() {
    RowKey other = key("voter-2", "2026-11-28");
    put(VOTER, CHOICE);
    put(other, bytes("voted for Aristides"));
    List<Row> stored = rows(below, SPACE);
    putBelow(stored.getFirst().key(), stored.getLast().value());
    putBelow(stored.getLast().key(), stored.getFirst().value());
    for (RowKey key : List.of(VOTER, other)) {
      assertThatThrownBy(() -> store.read(key, Consistency.STRONG))
          .isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void anotherMasterKeyOpensNothing() {
    Path other = directory.resolve("other.key");
    MasterKeyFile.make(other);
    assertThatThrownBy(() -> EncryptedStore.open(below, MasterKeyFile.read(other), clock))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("does not have the master key");
  }

  @Test
  void dataIsEncryptedEvenIfItsMarkIsLost() {
    put(VOTER, CHOICE);
    removeBelow(StoredKeyRow.place(EncryptedStore.KEYS, StoredKeyRow.PARTITIONS));
    assertThat(EncryptedStore.isEncrypted(below)).isTrue();
    assertThatThrownBy(() -> EncryptedStore.open(below, MasterKeyFile.read(keyFile), clock))
        .isInstanceOf(StorageFailedException.class)
        .hasMessageContaining("the data is encrypted, and a row is lost");
  }

  @Test
  void spacesWhoseKeysAreLostAreNamed() {
    put(VOTER, CHOICE);
    assertThat(store.spacesWithoutKeys()).isEmpty();
    removeBelow(StoredKeyRow.place(SPACE, StoredKeyRow.PARTITIONS));
    removeBelow(StoredKeyRow.place(SPACE, StoredKeyRow.PARTITIONS + 1));
    assertThat(store.spacesWithoutKeys()).containsExactly(SPACE);
    List<String> problems = new ArrayList<>();
    store.check(problems::add);
    assertThat(problems).containsExactly("the rows of space 5 have no key: it is lost");
  }

  @Test
  void theKeyOfARowIsKnownByItsPlaceBelow() {
    put(VOTER, CHOICE);
    RowKey place = rows(below, SPACE).getFirst().key();
    assertThat(place).isNotEqualTo(VOTER);
    assertThat(store.keyAt(place)).isEqualTo(VOTER);
    assertThatThrownBy(() -> store.keyAt(VOTER)).isInstanceOf(CorruptDataException.class);
  }

  private void removeBelow(RowKey key) {
    below.transact(List.of(key), _ -> new Verdict<>(true, List.of(new Write.Delete(key))));
  }

  @Test
  void dataThatIsNotEncryptedIsRefused() {
    Store plain = memory();
    plain.transact(List.of(VOTER), _ -> new Verdict<>(true, List.of(new Write.Put(VOTER, CHOICE))));
    assertThat(EncryptedStore.isEncrypted(plain)).isFalse();
    assertThat(EncryptedStore.isEncrypted(below)).isTrue();
    assertThatThrownBy(() -> EncryptedStore.open(plain, MasterKeyFile.read(keyFile), clock))
        .isInstanceOf(StorageFailedException.class)
        .hasMessageContaining("not encrypted");
    plain.close();
  }

  /** Another server finishes its start after this one has seen that nothing is encrypted yet. */
  @Test
  void serversThatBeginTogetherEncryptOneStore() {
    Store shared = memory();
    MasterKey master = MasterKeyFile.read(keyFile);
    EncryptedStore late =
        EncryptedStore.open(
            overtaken(shared, () -> put(EncryptedStore.open(shared, master, clock), VOTER, CHOICE)),
            master,
            clock);
    assertThat(late.read(VOTER, Consistency.STRONG).map(Row::value)).contains(CHOICE);
    shared.close();
  }

  /** Returns a store on which another server works before the spaces are listed. */
  private static Store overtaken(Store store, Runnable other) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (method.getName().equals("spaces")) {
                other.run();
              }
              return method.invoke(store, arguments);
            });
  }

  @Test
  void aNewMasterKeyTakesOverWhatTheOldOneWrapped() throws IOException {
    put(VOTER, CHOICE);
    String old = Files.readString(keyFile);
    Path fresh = directory.resolve("fresh.key");
    MasterKeyFile.make(fresh);
    Files.writeString(keyFile, "# the new one\n" + Files.readString(fresh) + "\n" + old);
    store = EncryptedStore.open(below, MasterKeyFile.read(keyFile), clock);
    assertThat(read(VOTER)).contains(CHOICE);
    store.renewKeys(YEAR);
    store = EncryptedStore.open(below, MasterKeyFile.read(fresh), clock);
    assertThat(read(VOTER)).contains(CHOICE);
    List<String> problems = new ArrayList<>();
    store.check(problems::add);
    assertThat(problems).isEmpty();
    assertThatThrownBy(
            () -> {
              Files.writeString(keyFile, old);
              EncryptedStore.open(below, MasterKeyFile.read(keyFile), clock);
            })
        .isInstanceOf(MasterKeyException.class);
  }

  @Test
  void oldDataKeysAreReplacedAndStillDecrypt() {
    put(VOTER, CHOICE);
    EncryptedStore other = EncryptedStore.open(below, MasterKeyFile.read(keyFile), clock);
    assertThat(other.read(VOTER, Consistency.STRONG)).isPresent();
    clock.advance(YEAR);
    store.renewKeys(YEAR);
    RowKey early = key("before", "");
    put(early, CHOICE);
    clock.advance(Duration.ofMillis(1));
    store.renewKeys(YEAR);
    RowKey late = key("after", "");
    put(late, CHOICE);
    assertThat(version(early)).isEqualTo(1);
    assertThat(version(late)).isEqualTo(2);
    assertThat(read(VOTER)).contains(CHOICE);
    assertThat(other.read(late, Consistency.STRONG).map(Row::value))
        .as("read by a server that did not know the new key")
        .contains(CHOICE);
  }

  @Test
  void aDecisionOfAServerThatDoesNotKnowANewDataKeyReadsIt() {
    put(VOTER, CHOICE);
    EncryptedStore other = EncryptedStore.open(below, MasterKeyFile.read(keyFile), clock);
    assertThat(other.read(VOTER, Consistency.STRONG)).isPresent();
    clock.advance(YEAR.plusMillis(1));
    store.renewKeys(YEAR);
    Bytes changed = bytes("changed under the new key");
    put(VOTER, changed);
    Optional<Bytes> seen =
        other.transact(List.of(VOTER), rows -> Verdict.unchanged(rows.row(VOTER).map(Row::value)));
    assertThat(seen).contains(changed);
  }

  @Test
  void aDamagedRowDoesNotLoadTheKeysAgain() {
    AtomicInteger unwrapped = new AtomicInteger();
    MasterKey counting = new CountingMasterKey(MasterKeyFile.read(keyFile), unwrapped);
    EncryptedStore counted = EncryptedStore.open(below, counting, clock);
    put(VOTER, CHOICE);
    Row stored = rows(below, SPACE).getFirst();
    byte[] changed = stored.value().array().clone();
    changed[changed.length - 1]++;
    putBelow(stored.key(), Bytes.wrap(changed));
    assertThatThrownBy(() -> counted.read(VOTER, Consistency.STRONG))
        .isInstanceOf(CorruptDataException.class);
    int before = unwrapped.get();
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> counted.read(VOTER, Consistency.STRONG))
          .isInstanceOf(CorruptDataException.class);
      assertThatThrownBy(
              () -> counted.transact(List.of(VOTER), rows -> Verdict.unchanged(rows.row(VOTER))))
          .isInstanceOf(CorruptDataException.class);
    }
    assertThat(unwrapped).hasValue(before);
  }

  @Test
  void aKeyThatCannotBeUnwrappedDoesNotKeepOthersFromANewMasterKey() throws IOException {
    put(VOTER, CHOICE);
    RowKey elsewhere = new RowKey(new Space(6), VOTER.partition(), VOTER.sort());
    put(elsewhere, CHOICE);
    RowKey damaged = StoredKeyRow.place(SPACE, 1);
    byte[] value = below.read(damaged, Consistency.STRONG).orElseThrow().value().array().clone();
    value[value.length - 1]++;
    putBelow(damaged, Bytes.wrap(value));
    Path fresh = directory.resolve("fresh.key");
    MasterKeyFile.make(fresh);
    Files.writeString(keyFile, Files.readString(fresh) + Files.readString(keyFile));
    EncryptedStore both = EncryptedStore.open(below, MasterKeyFile.read(keyFile), clock);
    assertThatThrownBy(() -> both.renewKeys(YEAR)).isInstanceOf(StorageFailedException.class);
    EncryptedStore withNew = EncryptedStore.open(below, MasterKeyFile.read(fresh), clock);
    assertThat(withNew.read(elsewhere, Consistency.STRONG).map(Row::value)).contains(CHOICE);
    List<String> problems = new ArrayList<>();
    withNew.check(problems::add);
    assertThat(problems).singleElement().asString().startsWith("key 1 of space 5:");
  }

  @Test
  void aDroppedSpaceLosesItsKeys() {
    put(VOTER, CHOICE);
    assertThat(store.spaces()).containsExactly(SPACE);
    int keys = rows(below, EncryptedStore.KEYS).size();
    store.drop(SPACE);
    assertThat(rows(below, EncryptedStore.KEYS)).hasSize(keys - 2);
    assertThat(read(VOTER)).isEmpty();
    assertThat(store.spaces()).isEmpty();
  }

  @Test
  void aKeyFileThatOthersMayReadIsRefused() throws IOException {
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> MasterKeyFile.read(keyFile))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("chmod 600");
  }

  /** Counts how often keys are unwrapped. */
  private record CountingMasterKey(MasterKey key, AtomicInteger unwrapped) implements MasterKey {
    @Override
    public String id() {
      return key.id();
    }

    @Override
    public Bytes wrap(byte[] wanted, String context) {
      return key.wrap(wanted, context);
    }

    @Override
    public byte[] unwrap(Bytes wrapped, String context) {
      unwrapped.incrementAndGet();
      return key.unwrap(wrapped, context);
    }
  }

  private int version(RowKey key) {
    Row row =
        rows(below, SPACE).stream()
            .filter(each ->
                each.key().partition().sizeBytes()
                    == key.partition().sizeBytes() + PartitionCipher.OVERHEAD_BYTES)
            .findFirst()
            .orElseThrow();
    return row.value().array()[Integer.BYTES - 1];
  }

  private void put(RowKey key, Bytes value) {
    put(store, key, value);
  }

  private static void put(Store store, RowKey key, Bytes value) {
    store.transact(List.of(key), _ -> new Verdict<>(true, List.of(new Write.Put(key, value))));
  }

  private void append(String text) {
    Write append = new Write.Append(new LogId(SPACE), bytes(text));
    store.transact(List.of(VOTER), _ -> new Verdict<>(true, List.of(append)));
  }

  private void putBelow(RowKey key, Bytes value) {
    below.transact(List.of(key), _ -> new Verdict<>(true, List.of(new Write.Put(key, value))));
  }

  private Optional<Bytes> read(RowKey key) {
    return store.read(key, Consistency.STRONG).map(Row::value);
  }

  private static List<Row> rows(Store store, Space space) {
    List<Row> rows = new ArrayList<>();
    try (Cursor cursor = store.scan(Range.OfSlice.all(space), Consistency.STRONG, Wanted.ALL)) {
      for (Optional<Row> row = cursor.next(); row.isPresent(); row = cursor.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }

  private Store memory() {
    return new VolumeStore(
        new MemoryVolume(MemoryVolume.Steps.SOUND), new HybridClock(clock), Thread::new, _ -> {});
  }

  private static RowKey key(String partition, String sort) {
    return new RowKey(SPACE, bytes(partition), bytes(sort));
  }

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Bytes bytes) {
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }
}
