package org.ostraka.engine.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;
import org.ostraka.model.Principal;
import org.ostraka.storage.Consistency;
import org.ostraka.storage.Cursor;
import org.ostraka.storage.Range;
import org.ostraka.storage.Space;
import org.ostraka.storage.Wanted;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;

/** A table whose items expire. Stateless. */
final class ExpiringTable {
  static final String TABLE = "votes";
  static final long NOW = TestEngine.START.getEpochSecond();
  static final int ITEMS = 20;

  private ExpiringTable() {}

  /** An engine with the table, which is empty and does not expire yet. */
  static TestEngine engine(MemoryVolume volume) {
    TestEngine engine = new TestEngine(volume, new ManualClock(TestEngine.START), Duration.ZERO);
    engine.create(TABLE);
    return engine;
  }

  /** An engine with the table, which expires and is empty. */
  static TestEngine expiring() {
    TestEngine engine = engine(new MemoryVolume(MemoryVolume.Steps.SOUND));
    engine.updateTimeToLive(TABLE, "ttl", true);
    build(engine);
    return engine;
  }

  /** An engine with the table, of whose items every second one will have expired. */
  static TestEngine filled(MemoryVolume volume) {
    TestEngine engine = engine(volume);
    for (int i = 0; i < ITEMS; i++) {
      engine.put(TABLE, item("" + i, i % 2 == 0 ? NOW - 1 - i : NOW + i));
    }
    engine.catalogue().maintain();
    return engine;
  }

  static Item item(String id, long seconds) {
    return new Item(
        Map.of(
            "id",
            new AttributeValue.S(id),
            "ttl",
            new AttributeValue.N(BigDecimal.valueOf(seconds))));
  }

  static void build(TestEngine engine) {
    engine.builder(3).run(IndexBuilder.Pace.UNBROKEN);
  }

  static void sweep(TestEngine engine) {
    engine.sweeper(3).sweep(IndexBuilder.Pace.UNBROKEN);
  }

  static void verifyClean(TestEngine engine) {
    engine.catalogue().maintain();
    engine.close();
    assertThat(engine.check().named()).isEmpty();
  }

  static <T> T use(TestEngine engine, Function<TableUse, T> question) {
    try (TableUse use = engine.catalogue().use(Principal.Service.EXPIRY, TestEngine.arn(TABLE))) {
      return question.apply(use);
    }
  }

  /** Where the table's expiry times lie. */
  static Space index(TestEngine engine) {
    return use(engine, use -> use.timeToLive().orElseThrow().index().orElseThrow().space());
  }

  static int rows(TestEngine engine, Space space) {
    int rows = 0;
    try (Cursor cursor =
        engine.store().scan(Range.OfSlice.all(space), Consistency.STRONG, Wanted.ALL)) {
      while (cursor.next().isPresent()) {
        rows++;
      }
    }
    return rows;
  }
}
