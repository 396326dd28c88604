package org.ostraka.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.CatalogueCheck;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.encoding.KeyEncoding;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Row;
import org.ostraka.storage.RowKey;
import org.ostraka.storage.Space;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.Verdict;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.Write;

/** After a repair the check is clean, no item has changed, and what was removed is listed. */
final class IntegrityRepairTest {
  private static final TableKey KEY =
      new TableKey(
          new AttributeDefinition("id", ScalarType.S),
          Optional.of(new AttributeDefinition("line", ScalarType.S)));

  private final TestEngine engine = new TestEngine();
  private Space items = new Space(1);
  private Space collections = new Space(1);
  private Space expiries = new Space(1);

  /** A table with a local index, sizes of collections and expiry times. */
  @BeforeEach
  void fill() {
    engine.createWithLocalIndex("votes", KEY, "state");
    engine.updateTimeToLive("votes", "ttl", true);
    engine.builder(2).run(IndexBuilder.Pace.UNBROKEN);
    for (String id : List.of("a", "b", "c")) {
      for (String line : List.of("1", "2")) {
        engine.put("votes", item(id, line));
      }
    }
    items = engine.space("votes");
    collections = engine.collectionSpace("votes");
    try (TableUse use =
        engine.catalogue().use(TestEngine.CALLER.principal(), TestEngine.arn("votes"))) {
      expiries = use.timeToLive().orElseThrow().index().orElseThrow().space();
    }
    assertThat(engine.check().named()).isEmpty();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void soundDataIsLeftAsItIs() {
    Map<RowKey, Row> before = rows();
    IntegrityRepair.Report report = IntegrityRepair.run(engine.store(), _ -> false);
    assertThat(report.droppedRows()).isZero();
    assertThat(report.rebuilt()).isEmpty();
    Map<RowKey, Row> after = rows();
    after.keySet().removeIf(key -> key.space().equals(new Space(0)));
    before.keySet().removeIf(key -> key.space().equals(new Space(0)));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void itemsThatCannotBeDecodedAreRemovedAndListed() {
    put(row("a", "1"), Bytes.of(1, 5, 1));
    put(row("b", "1"), ItemEncoding.encode(item("b", "2")));
    IntegrityRepair.Report report = repaired();
    assertThat(report.dropped())
        .containsExactlyInAnyOrder(
            "an item of table votes is damaged: a stored item ends too early",
            "an item of table votes does not have its own key and size");
    assertThat(report.lost()).containsExactlyInAnyOrder(lost("a", "1"), lost("b", "1"));
    assertThat(engine.store().read(row("a", "1"), Consistency.STRONG)).isEmpty();
  }

  /** The rows of indexes know the keys of items that are missing. */
  @Test
  void itemsThatIndexesStillKnowAreNamed() {
    delete(row("c", "1"));
    delete(row("c", "2"));
    IntegrityRepair.Report report = repaired();
    assertThat(report.lost()).containsExactlyInAnyOrder(lost("c", "1"), lost("c", "2"));
    assertThat(report.rebuilt())
        .containsOnlyKeys(
            "index by-state of table votes",
            "expiry times of table votes",
            "sizes of item collections of table votes");
  }

  @Test
  void rowsThatFollowFromItemsAreMadeAgain() {
    Map<RowKey, Bytes> before = values();
    for (Row row : rows().values()) {
      boolean derived = !row.key().space().equals(items) && row.key().space().id() > 0;
      if (derived && row.key().space().id() < 100) {
        delete(row.key());
      }
    }
    repaired();
    assertThat(values()).isEqualTo(before);
    put(new RowKey(collections, KeyEncoding.encode(text("nobody")), Bytes.EMPTY), Bytes.of(1));
    put(new RowKey(expiries, Bytes.of(3), Bytes.of(0, 0, 0, 0, 0, 0, 0, 1, 9)), Bytes.of(9));
    repaired();
    assertThat(values()).isEqualTo(before);
  }

  @Test
  void rowsOfNoTableAreKeptAndListed() {
    RowKey stray = new RowKey(new Space(99), KeyEncoding.encode(text("a")), Bytes.EMPTY);
    put(stray, Bytes.of(1));
    IntegrityRepair.Report report = IntegrityRepair.run(engine.store(), _ -> false);
    assertThat(report.kept())
        .containsExactly(
            "no table is known that space 99 belongs to: its rows (1) and its log are kept");
    assertThat(rows()).containsKey(stray);
    assertThat(engine.check().isClean()).isFalse();
    engine.create("later");
    assertThat(engine.space("later").id()).isGreaterThan(99);
  }

  /** The items of a table are kept when the row is lost that describes it. */
  @Test
  void itemsOfATableWhoseRecordIsLostAreKept() {
    rows().values().stream().filter(this::isTable).map(Row::key).forEach(this::delete);
    Map<RowKey, Bytes> before = values();
    assertThat(before.keySet()).filteredOn(key -> key.space().equals(items)).hasSize(6);
    IntegrityRepair.Report report = IntegrityRepair.run(engine.store(), _ -> false);
    assertThat(report.kept())
        .contains(
            "no table is known that space "
                + items.id()
                + " belongs to: its rows (6) and its log are kept");
    assertThat(values()).isEqualTo(before);
  }

  private boolean isTable(Row row) {
    CatalogueCheck check = new CatalogueCheck(engine.store().scanOrder(), _ -> {});
    if (CatalogueCheck.isOfCatalogue(row)) {
      check.row(row);
    }
    return check.tables() == 1;
  }

  @Test
  void nothingIsRepairedWithoutACatalogue() {
    rows().keySet().stream()
        .filter(key -> key.space().equals(CatalogueCheck.space()))
        .forEach(this::delete);
    Map<RowKey, Bytes> before = values();
    assertThatThrownBy(() -> IntegrityRepair.run(engine.store(), _ -> false))
        .isInstanceOf(StorageFailedException.class)
        .hasMessageContaining("no row of the catalogue");
    assertThat(values()).isEqualTo(before);
  }

  @Test
  void theLastSpaceIsKnownAgainWhenItsRowIsLost() {
    delete(new RowKey(new Space(0), KeyEncoding.encode(text("spaces")), Bytes.EMPTY));
    assertThat(engine.check().isClean()).isFalse();
    repaired();
  }

  private IntegrityRepair.Report repaired() {
    Map<RowKey, Bytes> before = values();
    IntegrityRepair.Report report = IntegrityRepair.run(engine.store(), _ -> false);
    assertThat(engine.check().named()).isEmpty();
    values()
        .forEach((key, value) -> {
          if (key.space().equals(items)) {
            assertThat(value).isEqualTo(before.get(key));
          }
        });
    return report;
  }

  private Map<RowKey, Bytes> values() {
    Map<RowKey, Bytes> values = new HashMap<>();
    rows().forEach((key, row) -> values.put(key, row.value()));
    return values;
  }

  private Map<RowKey, Row> rows() {
    Map<RowKey, Row> rows = new HashMap<>();
    for (Space space : engine.store().spaces()) {
      try (Cursor cursor =
          engine.store().scan(Range.OfSlice.all(space), Consistency.STRONG, Wanted.ALL)) {
        Optional<Row> row = cursor.next();
        while (row.isPresent()) {
          rows.put(row.get().key(), row.get());
          row = cursor.next();
        }
      }
    }
    return rows;
  }

  private RowKey row(String id, String line) {
    return new RowKey(items, KeyEncoding.encode(text(id)), KeyEncoding.encode(text(line)));
  }

  private static Item item(String id, String line) {
    return new Item(
        Map.of(
            "id",
            text(id),
            "line",
            text(line),
            "state",
            text("x"),
            "ttl",
            new AttributeValue.N(new BigDecimal("4000000000"))));
  }

  private static IntegrityRepair.NamedItem lost(String id, String line) {
    return new IntegrityRepair.NamedItem(
        TestEngine.arn("votes").table(), new Item(Map.of("id", text(id), "line", text(line))));
  }

  private static AttributeValue text(String value) {
    return new AttributeValue.S(value);
  }

  private void put(RowKey key, Bytes value) {
    write(key, new Write.Put(key, value));
  }

  private void delete(RowKey key) {
    write(key, new Write.Delete(key));
  }

  private void write(RowKey key, Write write) {
    engine.store().transact(List.of(key), _ -> new Verdict<>(true, List.of(write)));
  }
}
