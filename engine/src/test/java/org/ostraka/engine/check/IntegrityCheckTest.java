package org.ostraka.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.engine.expiry.entry.ExpiryRow;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.item.ItemCollection;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.storage.Direction;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.LogId;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.Store;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;
import org.ostraka.storage.volume.Batch;
import org.ostraka.storage.volume.Volume;
import org.ostraka.storage.volume.VolumeCursor;
import org.ostraka.storage.volume.VolumeFullException;
import org.ostraka.storage.volume.VolumeStore;

/** Sound data is called clean, and each kind of damage by its name. */
final class IntegrityCheckTest {
  private static final Space CATALOGUE = new Space(0);
  private static final Space LOG = new Space(50);

  private final TestEngine engine = new TestEngine();

  @BeforeEach
  void fill() {
    for (String table : List.of("orders", "people")) {
      engine.create(table);
      for (int i = 0; i < 3; i++) {
        engine.put(table, "id-" + i);
      }
    }
    for (int i = 0; i < 4; i++) {
      write(key("log"), new Write.Append(new LogId(LOG), bytes("record")));
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void soundDataIsClean() {
    IntegrityCheck.Report report = engine.check();
    assertThat(report).isEqualTo(new IntegrityCheck.Report(2, 6, 2 + 4, List.of(), 0));
    assertThat(report.isClean()).isTrue();
  }

  @Test
  void everyFlippedByteOfAnyEntryIsReported() {
    int entries = 0;
    for (DamagedVolume damaged = damaged(entries, true); ; damaged = damaged(entries, true)) {
      if (!damaged.met()) {
        break;
      }
      IntegrityCheck.Report report = run(damaged);
      assertThat(report.problems()).as("entry " + entries).isPositive();
      assertThat(report.named().getFirst()).contains("checksum");
      entries++;
    }
    assertThat(entries).isEqualTo(2 + 1 + 6 + 2 + 4 + 1);
  }

  @Test
  void missingLogRecordIsAGap() {
    // Logs come after rows, the catalogue's first: the second of four records.
    DamagedVolume damaged = damaged(2 + 1 + 6 + 2 + 1, false);
    assertThat(run(damaged).named()).containsExactly("log 50 has position 3 after 1");
  }

  @Test
  void itemUnderAnotherItemsKeyIsReported() {
    RowKey foreign = key(engine.space("orders"), "another");
    put(foreign, ItemEncoding.encode(item("id-1")));
    assertProblem("an item of table orders lies under another item's key");
  }

  @Test
  void itemWithAWrongSizeIsReported() {
    byte[] encoded = ItemEncoding.encode(item("sized")).array();
    encoded[1]++;
    put(key(engine.space("orders"), "sized"), Bytes.wrap(encoded));
    assertProblem("an item of table orders does not have the size that it claims");
  }

  @Test
  void itemThatCannotBeReadIsReported() {
    put(key(engine.space("orders"), "torn"), Bytes.of(1, 5, 1));
    assertProblem("an item of table orders is damaged: a stored item ends too early");
    put(key(engine.space("orders"), "torn"), Bytes.EMPTY);
    assertThat(engine.check().problems()).isEqualTo(1);
  }

  @Test
  void expiryTimesThatDoNotFollowFromTheItemsAreReported() {
    Space index = expiryTimes("orders");
    RowKey item = key(engine.space("orders"), "expiring");
    Item expiring =
        new Item(
            Map.of(
                "id",
                new AttributeValue.S("expiring"),
                "ttl",
                new AttributeValue.N(BigDecimal.TEN)));
    put(item, ItemEncoding.encode(expiring));
    assertProblem(
        "the expiry times of table orders do not follow from its items; rows too many: -1");
    put(ExpiryRow.of(index, item, 10), ItemEncoding.encode(item("expiring")));
    assertThat(engine.check().named()).isEmpty();
    put(ExpiryRow.of(index, item, 11), ItemEncoding.encode(item("expiring")));
    assertProblem(
        "the expiry times of table orders do not follow from its items; rows too many: 1");
  }

  @Test
  void expiryTimeThatCannotBeReadIsReported() {
    Space index = expiryTimes("orders");
    put(ExpiryRow.of(index, key(engine.space("orders"), "torn"), 10), Bytes.of(1, 5, 1));
    assertProblem(
        "a row of the expiry times of table orders is damaged: a stored item ends too early");
  }

  private Space expiryTimes(String table) {
    engine.updateTimeToLive(table, "ttl", true);
    engine.builder(2).run(IndexBuilder.Pace.UNBROKEN);
    try (TableUse use =
        engine.catalogue().use(TestEngine.CALLER.principal(), TestEngine.arn(table))) {
      return use.timeToLive().orElseThrow().index().orElseThrow().space();
    }
  }

  @Test
  void itemWithoutItsKeyIsReported() {
    Item keyless = new Item(Map.of("other", new AttributeValue.S("x")));
    put(key(engine.space("orders"), "x"), ItemEncoding.encode(keyless));
    assertProblem(
        "an item of table orders is damaged: One or more parameter values were invalid: Missing the"
            + " key id in the item");
  }

  @Test
  void rowsOfNoTableAreReportedByTheirSpace() {
    put(key(new Space(99), "a"), bytes("stray"));
    put(key(new Space(99), "b"), bytes("stray"));
    assertProblem("space 99 belongs to no table and has rows: 2");
  }

  @Test
  void twoTablesInOneSpaceAreReported() {
    engine.plantRecord("people", _ -> engine.space("orders"));
    assertThat(engine.check().named())
        .anyMatch(problem -> problem.matches("tables \\w+ and \\w+ share one space"))
        .contains("space 2 belongs to no table and has rows: 3");
  }

  @Test
  void tableInASpaceThatWasNeverGivenOutIsReported() {
    engine.plantRecord("people", _ -> new Space(77));
    assertThat(engine.check().named())
        .contains("table people has a space that was never given out");
  }

  @Test
  void anythingInTheCatalogueThatIsNotItsOwnIsReported() {
    RowKey stray = key(CATALOGUE, "stray");
    for (Item item :
        List.of(
            new Item(Map.of()),
            new Item(Map.of("itemCount", new AttributeValue.S("many"))),
            new Item(
                Map.of(
                    "itemCount",
                    number("1E+40"),
                    "sizeBytes",
                    new AttributeValue.N(BigDecimal.ONE))),
            new Item(Map.of("space", number("-1"))),
            new Item(Map.of("space", number("1.5"))))) {
      put(stray, ItemEncoding.encode(item));
      assertThat(engine.check().named())
          .as(item.toString())
          .singleElement()
          .asString()
          .startsWith("a row of the catalogue is damaged: ");
    }
  }

  @Test
  void impossibleLastSpaceIsReported() {
    RowKey last =
        new RowKey(CATALOGUE, KeyEncoding.encode(new AttributeValue.S("spaces")), Bytes.EMPTY);
    put(last, Bytes.of(255, 0, 0, 0, 0, 0, 0, 0));
    assertThat(engine.check().named())
        .contains("a row of the catalogue is damaged: the last space is one that cannot be");
    put(last, Bytes.of(1));
    assertThat(engine.check().isClean()).isFalse();
  }

  @Test
  void collectionThatIsNotAsLargeAsItIsSaidToBeIsReported() {
    RowKey size = fillCollection();
    put(size, ItemCollection.encoded(1));
    assertProblem(
        "item collections of table votes are not as large as they are said to be; rows too many:"
            + " 0");
    write(size, new Write.Delete(size));
    assertProblem(
        "item collections of table votes are not as large as they are said to be; rows too many:"
            + " -1");
  }

  @Test
  void sizeOfACollectionWithoutItemsIsReported() {
    RowKey size = fillCollection();
    RowKey stray = key(size.space(), "nobody");
    for (long bytes : new long[] {0, 1}) {
      put(stray, ItemCollection.encoded(bytes));
      assertProblem(
          "item collections of table votes are not as large as they are said to be; rows too many:"
              + " 1");
    }
  }

  @Test
  void collectionsInTheSpaceOfATableAreReported() {
    fillCollection();
    engine.plantRecord("people", _ -> engine.collectionSpace("votes"));
    assertThat(engine.check().named())
        .contains("the sizes of table votes's item collections share their space");
  }

  /** A table with two items of one collection and one of another; where the first has its size. */
  private RowKey fillCollection() {
    TableKey votesKey =
        new TableKey(
            new AttributeDefinition("id", ScalarType.S),
            Optional.of(new AttributeDefinition("line", ScalarType.S)));
    engine.createWithLocalIndex("votes", votesKey, "state");
    for (List<String> vote : List.of(List.of("a", "1"), List.of("a", "2"), List.of("b", "1"))) {
      Map<String, AttributeValue> attributes =
          Map.of(
              "id",
              new AttributeValue.S(vote.getFirst()),
              "line",
              new AttributeValue.S(vote.getLast()),
              "state",
              new AttributeValue.S("x"));
      engine.put("votes", new Item(attributes));
    }
    assertThat(engine.check().named()).isEmpty();
    return key(engine.collectionSpace("votes"), "a");
  }

  @Test
  void manyProblemsAreCountedAndTheFirstAreNamed() {
    for (int i = 0; i < 150; i++) {
      put(key(engine.space("orders"), "torn-" + i), Bytes.of(9));
    }
    IntegrityCheck.Report report = engine.check();
    assertThat(report.problems()).isEqualTo(150);
    assertThat(report.named()).hasSize(100);
  }

  private void assertProblem(String problem) {
    assertThat(engine.check().named()).containsExactly(problem);
  }

  private void put(RowKey key, Bytes value) {
    write(key, new Write.Put(key, value));
  }

  private void write(RowKey key, Write write) {
    engine.store().transact(List.of(key), _ -> new Verdict<>(true, List.of(write)));
  }

  private static IntegrityCheck.Report run(Volume volume) {
    try (Store store =
        new VolumeStore(volume, new HybridClock(InstantSource.system()), Thread::new, _ -> {})) {
      return IntegrityCheck.run(store);
    }
  }

  private DamagedVolume damaged(int entry, boolean flip) {
    return new DamagedVolume(engine.volume(), entry, flip);
  }

  private static RowKey key(String id) {
    return key(LOG, id);
  }

  private static RowKey key(Space space, String id) {
    return new RowKey(space, KeyEncoding.encode(new AttributeValue.S(id)), Bytes.EMPTY);
  }

  private static Item item(String id) {
    return new Item(Map.of("id", new AttributeValue.S(id)));
  }

  private static AttributeValue number(String text) {
    return new AttributeValue.N(new BigDecimal(text));
  }

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A volume one of whose entries has a flipped byte, or is not there. One thread. */
  private static final class DamagedVolume implements Volume {
    private final Volume volume;
    private final byte @Nullable [] damaged;
    private final boolean flip;

    /** Damages the entry of this number, in the order of stored keys, if there are so many. */
    DamagedVolume(Volume volume, int entry, boolean flip) {
      this.volume = volume;
      this.flip = flip;
      try (VolumeCursor all =
          volume.scan(new byte[0], new byte[] {(byte) 0xFF}, Direction.FORWARD)) {
        Optional<VolumeCursor.Entry> found = all.next();
        for (int i = 0; i < entry && found.isPresent(); i++) {
          found = all.next();
        }
        this.damaged = found.map(VolumeCursor.Entry::key).orElse(null);
      }
    }

    /** Whether there is an entry to damage. */
    boolean met() {
      return damaged != null;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      return volume.get(key);
    }

    @Override
    public VolumeCursor scan(byte[] from, byte[] to, Direction direction, Wanted wanted) {
      VolumeCursor sound = volume.scan(from, to, direction, wanted);
      return new VolumeCursor() {
        @Override
        public Optional<Entry> next() {
          Optional<Entry> entry = sound.next();
          if (entry.isEmpty() || !Arrays.equals(entry.get().key(), damaged)) {
            return entry;
          }
          return flip ? Optional.of(flipped(entry.get())) : sound.next();
        }

        @Override
        public void close() {
          sound.close();
        }
      };
    }

    @Override
    public void commit(Batch batch) throws VolumeFullException {
      volume.commit(batch);
    }

    @Override
    public void close() {}

    private static VolumeCursor.Entry flipped(VolumeCursor.Entry entry) {
      byte[] value = entry.value().clone();
      value[value.length - 1] ^= 0x10;
      return new VolumeCursor.Entry(entry.key(), value);
    }
  }
}
